namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>Somebody of the run.</summary>
/// <param name="id">The company's number for them; empty for somebody whom it does not know.</param>
/// <param name="name">Their name.</param>
/// <param name="addresses">Their addresses, the first one first.</param>
/// <param name="hasProfile">Whether the company keeps a profile of them.</param>
internal sealed class MixedPerson(string id, string name, IReadOnlyList<string> addresses, bool hasProfile)
{
    public string Id => id;

    public string Name => name;

    public IReadOnlyList<string> Addresses => addresses;

    public string Address => addresses[0];

    public bool HasProfile => hasProfile;

    /// <summary>What keeps their profile from deletion; an end that is not known yet is null.</summary>
    public List<Protection> Protections { get; } = [];

    /// <summary>Since when their profile is known to be erased; null while it is not.</summary>
    public DateTimeOffset? ErasedAt { get; set; }
}

/// <summary>A hold or a restriction of a person's profile.</summary>
internal sealed class Protection(DateTimeOffset from)
{
    public DateTimeOffset From => from;

    /// <summary>The end; null while it lasts.</summary>
    public DateTimeOffset? To { get; set; }
}
