/** Makes a huge photo smaller on the phone, so that it goes up over a slow network. Where that fails the original is sent. */

/** A photo below this goes up as it is. */
const SMALL_ENOUGH = 1.5 * 1024 * 1024;
/** Longest side in pixels: a paper stays readable, and the server keeps no more. */
const LONGEST_SIDE = 2400;

export async function shrink(file: File): Promise<Blob> {
  if (file.size <= SMALL_ENOUGH || !('createImageBitmap' in globalThis)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const smaller = await new Promise<Blob | null>((done) => {
      canvas.toBlob(done, 'image/jpeg', 0.85);
    });
    return smaller && smaller.size < file.size ? smaller : file;
  } catch {
    // No picture at all, or one that this browser cannot draw: the server says which.
    return file;
  }
}
