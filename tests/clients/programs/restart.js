// Begins ICE anew at a door by PATCH (RFC 9725), in a browser and in Node, until media has gone on
// over addresses that were not there before.
const TYPE = "application/trickle-ice-sdpfrag";
const PATIENCE = 200; // looks, 50 ms apart
const of = (sdp, name) => new RegExp(`^a=ice-${name}:(\\S+)`, "m").exec(sdp)[1];

/** Waits for media over addresses of ours that are not known yet, and returns those in use. */
async function ways(pc, known) {
  for (let n = 0; n < PATIENCE; n++) {
    const stats = [...(await pc.getStats()).values()];
    const ports = stats
      .filter((pair) => pair.type === "candidate-pair" && pair.state === "succeeded")
      .filter((pair) => (pair.bytesSent ?? 0) > 500)
      .map((pair) => stats.find(({ id }) => id === pair.localCandidateId)?.port);
    if (ports.some((port) => port && !known.includes(port))) return ports;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("nothing goes over another address");
}

export async function restart(pc, session) {
  const before = await ways(pc, []);
  await pc.setLocalDescription(await pc.createOffer({ iceRestart: true }));
  const mine = pc.localDescription.sdp;
  const answer = await fetch(session.url, {
    method: "PATCH",
    headers: { ...session.bearer, "Content-Type": TYPE, "If-Match": '"*"' },
    body: `a=ice-ufrag:${of(mine, "ufrag")}\r\na=ice-pwd:${of(mine, "pwd")}\r\n`,
  });
  const said = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${said}`);
  const etag = answer.headers.get("ETag");
  if (!etag || etag === session.etag) throw new Error("the tag must name the new ICE session");
  session.etag = etag;
  for (const name of ["ufrag", "pwd"])
    session.sdp = session.sdp.replaceAll(
      new RegExp(`a=ice-${name}:\\S+`, "g"),
      `a=ice-${name}:${of(said, name)}`,
    );
  await pc.setRemoteDescription({ type: "answer", sdp: session.sdp });
  await ways(pc, before);
}
