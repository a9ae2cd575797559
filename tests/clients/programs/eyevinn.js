// The two clients of Eyevinn, as a page of another site uses them.
import { WebRTCPlayer } from "@eyevinn/webrtc-player";
import { WHIPClient } from "@eyevinn/whip-web-client";

window.eyevinn = { WebRTCPlayer, WHIPClient };
