using Xunit.Abstractions;
using Xunit.Sdk;

namespace PrivacyFunctions.Tests.Support;

/// <summary>
/// The promise (policy-clauses.md) or rule (legal-clock.md) that a test holds. <c>dotnet test --filter Clause=R-ACCESS</c> runs
/// what holds one of them.
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
