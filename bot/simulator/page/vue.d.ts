/** `vue.js` is Vue's runtime build for browsers, served from the installed package. */
export * from 'vue';
