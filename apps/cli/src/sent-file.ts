// A file on its way to a node, whose bytes are told as they go.

/** Returns `file`, telling `sent` of each part that is read to be sent, in bytes. What was told does not arrive any sooner: a part may still wait on its way. */
export function sentFile(file: Blob, sent: (bytes: number) => void): Blob {
  const parts = file.stream.bind(file);
  const counting = () =>
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (part, controller) => {
        sent(part.length);
        controller.enqueue(part);
      },
    });
  return Object.assign(file, { stream: () => parts().pipeThrough(counting()) });
}
