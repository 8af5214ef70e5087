namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>Somebody whom the sample company may hold data about. Nobody real: all addresses are of example domains.</summary>
/// <param name="Id">The company's own number for the person: <c>p-0001</c>.</param>
/// <param name="Address">Lower case, as keys are made of it.</param>
/// <param name="SecondAddress">Set for the one who is the same person under two addresses.</param>
/// <param name="Account">The customer account the person uses: <c>a-01</c>; null without an account.</param>
internal sealed record SamplePerson(
    string Id, string Name, string Address, string? SecondAddress, string? Account, SamplePart Part)
{
    /// <summary>All addresses that the directory knows.</summary>
    public IReadOnlyList<string> Addresses => SecondAddress is null ? [Address] : [Address, SecondAddress];

    /// <summary>One in ten types capitals into forms, which must not matter when they are found.</summary>
    public string AddressAsTyped => Id[^1] is '3'
        ? char.ToUpperInvariant(Address[0]) + Address[1..].Replace("@e", "@E", StringComparison.Ordinal)
        : Address;
}

/// <summary>In what the person occurs.</summary>
internal enum SamplePart
{
    Nothing,

    /// <summary>Uses a customer account, and may occur in everything.</summary>
    AccountUser,

    /// <summary>Registers for events, reads newsletters and asks questions, without an account.</summary>
    Visitor,
    NewsletterReader,

    /// <summary>Occurs only in what customers keep in the company's products.</summary>
    CustomersContact,
}
