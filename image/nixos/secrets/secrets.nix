# Who may read which secret; agenix asks this file. Put your own public key here, then, in this folder:
#   nix run ../../..#agenix -- -e settings.age
let
  ada = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample00";
in {
  # {"bot": "https://bot.example.org/api", "enrolmentToken": "…"}
  "settings.age".publicKeys = [ ada ];
}
