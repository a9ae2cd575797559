"""The board on paper: its pages as pictures and documents, drawn without a browser."""
