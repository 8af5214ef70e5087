namespace PrivacyFunctions.DataMap;

/// <summary>The stable name of a system of the company; the setting <c>Sources:{system}:Storage</c> is named after it.</summary>
internal readonly record struct SystemId
{
    private readonly string? value;

    private SystemId(string value) => this.value = value;

    public string Value => value ?? "";

    public static bool TryParse(string? text, out SystemId id)
    {
        var valid = MapName.IsSlug(text);
        id = valid ? new SystemId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;
}
