using Xunit.Abstractions;
using Xunit.Sdk;

namespace PrivacyFunctions.Tests.Support;

/// <summary>
/// The promise (docs/clauses.md) or rule (docs/legal-clock.md) that a test holds. What holds one of them is run by
/// <c>dotnet test --filter Clause=R-ACCESS</c>.
/// </summary>
[TraitDiscoverer("PrivacyFunctions.Tests.Support." + nameof(ClauseDiscoverer), "PrivacyFunctions.Tests")]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class ClauseAttribute(string id) : Attribute, ITraitAttribute
{
    public string Id { get; } = id;
}

public sealed class ClauseDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) =>
        [new("Clause", (string)traitAttribute.GetConstructorArguments().Single())];
}
