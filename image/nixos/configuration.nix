# The machine. Change this file for an image of your own; docs/IMAGE.md lists what is where.
{ lib, okai, ... }: {
  networking.hostName = "okai";
  system.stateVersion = "25.11";

  services.okai-worker = {
    enable = true;
    # botUrl = "https://bot.example.org/api";
    # users.ada = [ "ssh-ed25519 AAAA…" ];
    # settingsFile = config.age.secrets.settings.path;   with the next line that is commented out
  };
  # age.secrets.settings.file = ./secrets/settings.age;

  # The command lines of Walrus and Sui. They are large, and the worker does not need them.
  environment.systemPackages = [ okai.walrus okai.sui ];

  # Nobody can log in without a key: no user has a password.
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
