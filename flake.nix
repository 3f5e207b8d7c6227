{
  description = "OKAI Bot: the image of a virtual machine that trains, and its tools";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
    agenix.url = "github:ryantm/agenix";
    agenix.inputs.nixpkgs.follows = "nixpkgs";
    # The command lines of Walrus and Sui, as their makers publish them. The image has them for people who log in.
    walrus-bin.url = "https://github.com/MystenLabs/walrus/releases/download/testnet-v1.28.1/walrus-testnet-v1.28.1-ubuntu-x86_64.tgz";
    walrus-bin.flake = false;
    sui-bin.url = "https://github.com/MystenLabs/sui/releases/download/testnet-v1.51.2/sui-testnet-v1.51.2-ubuntu-x86_64.tgz";
    sui-bin.flake = false;
  };

  outputs = { self, nixpkgs, agenix, walrus-bin, sui-bin }:
    let
      system = "x86_64-linux";
      pkgs = nixpkgs.legacyPackages.${system};
      tools = import ./image/nixos/packages.nix { inherit pkgs walrus-bin sui-bin; };
      machine = nixpkgs.lib.nixosSystem {
        inherit system;
        specialArgs = { okai = tools; };
        modules = [ agenix.nixosModules.default ./image/nixos/worker.nix ./image/nixos/configuration.nix ];
      };
    in {
      nixosModules.okai-worker = import ./image/nixos/worker.nix;
      nixosConfigurations.okai = machine;

      packages.${system} = {
        inherit (tools) okai-worker do-notify do-walrus-put do-walrus-get walrus sui;
        # nix build: a qcow2 for KubeVirt, which Fluence uses.
        default = machine.config.system.build.images.kubevirt;
      };

      apps.${system} = {
        # nix run .#vm-preview: the same configuration in qemu, in this terminal.
        vm-preview = {
          type = "app";
          program = "${machine.config.system.build.vm}/bin/run-okai-vm";
        };
        agenix = {
          type = "app";
          program = "${agenix.packages.${system}.default}/bin/agenix";
        };
      };
    };
}
