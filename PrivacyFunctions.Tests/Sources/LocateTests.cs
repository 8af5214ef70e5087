using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

/// <summary>Who somebody is, in a directory that each test writes for itself.</summary>
[Clause("R-ERASE")]
public sealed class LocateTests
{
    [Theory]
    [InlineData("first@example.com", "second@example.com")]
    [InlineData("second@example.com", "first@example.com")]
    public async Task LocateAsync_EitherOfTwoProvenAddresses_FindsTheOther(string asked, string other)
    {
        var found = await LocateAsync(
            asked, ("first@example.com", "p-1", true), ("second@example.com", "p-1", true), ("third@example.com", "p-10", true));

        Assert.Equal("p-1", Assert.Single(found.Persons).Value);
        Assert.Equal(other, Assert.Single(found.OtherAddresses).Value);
        Assert.Empty(found.DoubtfulAddresses);
        Assert.Equal([asked, other], found.Addresses.Select(address => address.Value));
    }

    /// <summary>Or whoever writes somebody else's address into their profile could have that one's data told or destroyed.</summary>
    [Fact]
    [Clause("C-SECURE")]
    public async Task LocateAsync_AddressThatNobodyProved_ProtectsOnly()
    {
        var found = await LocateAsync(
            "attacker@example.com", ("attacker@example.com", "p-1", true), ("victim@example.com", "p-1", false));

        Assert.Empty(found.OtherAddresses);
        Assert.Equal(["attacker@example.com"], found.Addresses.Select(address => address.Value));
        Assert.Equal(
            ["attacker@example.com", "victim@example.com"], found.ProtectingAddresses.Select(address => address.Value));
    }

    [Fact]
    [Clause("C-SECURE")]
    public async Task LocateAsync_AddressThatSomebodyElseHasToo_ProtectsOnly()
    {
        var found = await LocateAsync(
            "one@example.com", ("one@example.com", "p-1", true), ("office@example.com", "p-1", true),
            ("office@example.com", "p-2", true), ("two@example.com", "p-2", true));

        Assert.Equal("p-1", Assert.Single(found.Persons).Value);
        Assert.Empty(found.OtherAddresses);
        Assert.Equal("office@example.com", Assert.Single(found.DoubtfulAddresses).Value);
    }

    /// <summary>Whoever proves a mailbox that several persons share is all of them, with all their addresses.</summary>
    [Fact]
    public async Task LocateAsync_AddressOfSeveralPersons_FindsAllOfThem()
    {
        var found = await LocateAsync(
            "office@example.com", ("one@example.com", "p-1", true), ("office@example.com", "p-1", true),
            ("office@example.com", "p-2", true), ("two@example.com", "p-2", true));

        Assert.Equal(["p-1", "p-2"], found.Persons.Select(person => person.Value));
        Assert.Equal(["one@example.com", "two@example.com"], found.OtherAddresses.Select(address => address.Value));
    }

    [Fact]
    public async Task LocateAsync_AnySpelling_FindsTheSameAndAStrangerNobody()
    {
        (string, string, bool)[] entries = [("First@Example.com", "p-1", true), ("Second@EXAMPLE.com", "p-1", true)];

        var found = await LocateAsync(" first@example.COM", entries);
        var stranger = await LocateAsync("stranger@example.com", entries);

        Assert.Equal("second@example.com", Assert.Single(found.OtherAddresses).Value);
        Assert.Empty(stranger.Persons);
        Assert.Equal(["stranger@example.com"], stranger.ProtectingAddresses.Select(address => address.Value));
    }

    [Fact]
    public async Task LocateAsync_EntryWithoutAUsableId_IsRefusedByTheFieldsName()
    {
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => LocateAsync("one@example.com", ("one@example.com", "p/1", true)));

        Assert.Contains("'PersonId'", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("one@example.com", refusal.ToString(), StringComparison.Ordinal);
    }

    private static async Task<SubjectKeys> LocateAsync(
        string address, params (string Address, string Person, bool IsProven)[] entries)
    {
        var connection = await SharedAzurite.ConnectionStringAsync();
        var map = SetCopy.Map;
        var directory = map.Directory with { Store = new StoreLocation.Table($"directory{Guid.NewGuid():N}") };
        var table = new TableClient(connection, directory.Store.Name);
        await table.CreateAsync();
        var row = 0;
        foreach (var entry in entries)
        {
            var entity = new TableEntity(KeyPath.Encode(EmailAddress.Parse(entry.Address)), $"entry-{row++}")
            {
                ["Email"] = entry.Address, ["PersonId"] = entry.Person,
            };
            if (entry.IsProven) entity["VerifiedAt"] = DateTimeOffset.UtcNow;
            await table.AddEntityAsync(entity);
        }

        var systems = map.Systems.Select(system => system with
        {
            DataSets = [.. system.DataSets.Select(set => set == map.Directory ? directory : set)],
        });
        var copy = new DataMapRegister(map.Company, map.Recipients, [.. systems]);
        return await new SubjectLocator(copy, SetCopy.SourcesAt(connection))
            .LocateAsync(EmailAddress.Parse(address), CancellationToken.None);
    }
}
