// Brings an offer to a door; says things as lines of JSON.
export const say = (what) => console.log(JSON.stringify(what));

/** Returns the session: its address, its tag, and the answer. */
export async function knock(door, ticket, body) {
  const bearer = { Authorization: `Bearer ${ticket}` };
  const headers = { ...bearer, "Content-Type": "application/sdp" };
  const answer = await fetch(door, { method: "POST", headers, body });
  const sdp = await answer.text();
  if (answer.status !== 201) throw new Error(`${answer.status} ${sdp}`);
  const url = new URL(answer.headers.get("Location"), door).href;
  return { url, bearer, sdp, etag: answer.headers.get("ETag") };
}
