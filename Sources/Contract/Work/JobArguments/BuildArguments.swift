/// The arguments of a job that runs the configured image command and publishes the image.
package struct BuildArguments: WorkArguments {
    package static let kind = JobKind.build

    /// The program and its arguments.
    ///
    /// The worker appends `--out` with a folder for the image, and `--settings` with the image's ``BootSettings``.
    package var command: [String]
    /// The path of the folder in which the image is published.
    package var folder: String
    /// The URL at which machines reach the bot.
    package var bot: String

    package init(command: [String], folder: String, bot: String) {
        self.command = command
        self.folder = folder
        self.bot = bot
    }
}
