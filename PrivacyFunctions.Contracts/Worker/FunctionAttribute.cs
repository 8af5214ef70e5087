namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes a public method a function of the app.</summary>
/// <param name="name">Unique in the app, whatever its case; routes are matched in the order of these names.</param>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    /// <summary>The function's name.</summary>
    public string Name { get; } = name;
}
