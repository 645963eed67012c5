/** Makes a photo ready on the phone: smaller, so that it goes up over a slow network, and no HEIC. Where that fails it goes as it is. */

/** A photo below this goes up as it is. */
const SMALL_ENOUGH = 1.5 * 1024 * 1024;
/** Longest side in pixels: a paper stays readable, and the server keeps no more. */
const LONGEST_SIDE = 2400;

/**
 * iPhones hand over JPEG from the photo library by themselves, and HEIC from the files app and from a Mac. The server opens none, and
 * Safari does: so it is drawn anew, however small. A phone that cannot sends it as it is, and the server says what to do.
 */
const isHeic = ({ type, name }: File): boolean => /^image\/hei[cf]/.test(type) || /\.hei[cf]$/i.test(name);

export async function shrink(file: File): Promise<Blob> {
  const heic = isHeic(file);
  if ((file.size <= SMALL_ENOUGH && !heic) || !('createImageBitmap' in globalThis)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const drawn = await new Promise<Blob | null>((done) => {
      canvas.toBlob(done, 'image/jpeg', 0.85);
    });
    return drawn && (heic || drawn.size < file.size) ? drawn : file;
  } catch {
    // No picture at all, or one that this browser cannot draw: the server says which.
    return file;
  }
}
