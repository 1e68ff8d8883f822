// Shrinks photos on the phone before they are sent: JPEG, at most 1600 px on the longer side.
// Drawing on a canvas also drops where and with what the photo was taken. Other files pass as they are. The form waits.

const LONGEST = 1600;
const QUALITY = 0.8;

export async function smaller(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white"; // a see-through PNG would turn black
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
}

export function start(input) {
  let mine = false;
  let busy = false;
  let pressed;

  async function shrink() {
    const box = new DataTransfer();
    for (const file of input.files) box.items.add(await smaller(file).catch(() => file));
    mine = true;
    input.files = box.files;
    input.dispatchEvent(new Event("change", { bubbles: true })); // others may show the new sizes
    mine = false;
  }

  input.addEventListener("change", async () => {
    if (mine) return;
    busy = true;
    input.setAttribute("aria-busy", "true");
    await shrink();
    input.removeAttribute("aria-busy");
    busy = false;
    if (pressed) input.form.requestSubmit(pressed);
    pressed = undefined;
  });
  input.form.addEventListener("submit", (event) => {
    if (!busy) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // nobody else takes the form for sent
    pressed = event.submitter;
  }, { capture: true });
}
