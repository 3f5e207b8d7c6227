/// The names of model files: `model`, with or without a suffix.
enum ModelFileName {
    static func matches(_ name: String) -> Bool { name == "model" || name.hasPrefix("model.") }
}
