# agenix reads here who may decrypt which secret. docs/IMAGE.md says how to make the first one.
let
  # Replace this by your own key: cat ~/.ssh/id_ed25519.pub
  ada = "ssh-ed25519 AAAA…";
in {
  # The content: {"bot": "https://bot.example.org/api", "enrolmentToken": "…"}
  "settings.age".publicKeys = [ ada ];
}
