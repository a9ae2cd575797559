export default function Teach(_: { id?: string }) {
  return null;
}
