/// What files of models are called: `model`, with whatever suffix.
enum ModelName {
    static func isOne(_ name: String) -> Bool { name == "model" || name.hasPrefix("model.") }
}
