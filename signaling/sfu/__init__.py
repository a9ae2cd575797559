"""The packets: pure rules for RTP and a thin skin around one UDP socket."""
