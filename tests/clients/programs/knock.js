// Brings an offer to a door and returns the answer; says things as lines of JSON.
export const say = (what) => console.log(JSON.stringify(what));

export async function knock(door, ticket, body) {
  const headers = { Authorization: `Bearer ${ticket}`, "Content-Type": "application/sdp" };
  const answer = await fetch(door, { method: "POST", headers, body });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return await answer.text();
}
