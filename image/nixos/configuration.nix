# The machine itself: change this file for an image of your own; docs/IMAGE.md says what is where.
{ lib, okai, ... }: {
  networking.hostName = "okai";
  system.stateVersion = "25.11";

  services.okai-worker = {
    enable = true;
    # botUrl = "https://bot.example.org/api";
    # users.ada = [ "ssh-ed25519 AAAA…" ];
    # settingsFile = config.age.secrets.settings.path;   and below:
  };
  # age.secrets.settings.file = ./secrets/settings.age;

  # The command lines of Walrus and Sui: large, and the worker needs neither.
  environment.systemPackages = [ okai.walrus okai.sui ];

  # Nobody logs in unless a key was given: no password of root's, nor anybody's.
  users.mutableUsers = false;
  users.users.root.hashedPassword = "!";
  users.allowNoPasswordLogin = true;
  security.sudo.wheelNeedsPassword = false;
  services.getty.autologinUser = lib.mkForce null;

  virtualisation.vmVariant.virtualisation = {
    memorySize = 2048;
    cores = 2;
    graphics = false;
  };
}
