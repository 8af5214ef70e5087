namespace PrivacyFunctions.Cases.Model;

/// <summary>Under which name a fact stands in the audit chain. It never changes once it is published.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FactNameAttribute(string name) : Attribute
{
    /// <summary>The name, such as <c>purge-begun</c>.</summary>
    public string Name => name;
}
