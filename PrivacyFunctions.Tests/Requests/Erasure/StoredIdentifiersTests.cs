using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Tests.Requests.Erasure;

/// <summary>What is sealed while an erasure waits: all of it comes back, and what an earlier version sealed as well.</summary>
public class StoredIdentifiersTests
{
    [Fact]
    public void Identifiers_OfAPersonWithAddressesOfAllKinds_ComeBack()
    {
        Assert.True(PersonId.TryParse("p-1", out var person));
        var captured = ErasureIdentifiers.Of(new(EmailAddress.Parse("one@example.com"), [person])
        {
            OtherAddresses = [EmailAddress.Parse("two@example.com")], DoubtfulAddresses = [EmailAddress.Parse("three@example.com")],
        });

        var read = RecordJson.Read<StoredIdentifiers>(RecordJson.Write(captured.Stored())).Identifiers();

        Assert.Equal(captured.Keys.ProtectingAddresses, read.Keys.ProtectingAddresses);
        Assert.Equal(captured.Keys.Addresses, read.Keys.Addresses);
        Assert.Equal(captured.Keys.Persons.AsEnumerable(), read.Keys.Persons);
        Assert.Equal(captured.AnonymisingSalt, read.AnonymisingSalt);
        Assert.Equal(captured.DigestSalt, read.DigestSalt);
    }

    [Fact]
    public void Identifiers_SealedBeforeOtherAddressesCounted_AreOfTheOneAddress()
    {
        const string Sealed = """{"address":"one@example.com","persons":["p-1"],"anonymisingSalt":"AAEC","digestSalt":"AwQF"}""";

        var read = RecordJson.Read<StoredIdentifiers>(Sealed).Identifiers();

        Assert.Equal(["one@example.com"], read.Keys.ProtectingAddresses.Select(address => address.Value));
        Assert.Equal("p-1", Assert.Single(read.Keys.Persons).Value);
    }
}
