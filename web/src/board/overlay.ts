// What lies over the board for our own hand alone: fields, frames and instruments, in board pixels.

export class Overlay {
  readonly element = document.createElement("div");

  constructor() {
    this.element.className = "overlay";
  }

  /** CSS pixels to a board pixel, and where the board's corner is in its sheet. */
  view(scale: number, x: number, y: number): void {
    this.element.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }
}
