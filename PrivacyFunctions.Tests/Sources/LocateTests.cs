using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
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

    /// <summary>Nobody knows which of them asks, so none is told the other's addresses.</summary>
    [Fact]
    [Clause("C-SECURE")]
    public async Task LocateAsync_MailboxThatSeveralPersonsProved_LeadsToNoOtherAddress()
    {
        var found = await LocateAsync(
            "office@example.com", ("one@example.com", "p-1", true), ("office@example.com", "p-1", true),
            ("office@example.com", "p-2", true), ("two@example.com", "p-2", true));

        Assert.Equal(["p-1", "p-2"], found.Persons.Select(person => person.Value));
        Assert.Empty(found.OtherAddresses);
        Assert.Equal(["one@example.com", "two@example.com"], found.DoubtfulAddresses.Select(address => address.Value));
    }

    /// <summary>Somebody mistyped their address, and its owner asks.</summary>
    [Fact]
    [Clause("C-SECURE")]
    public async Task LocateAsync_EntryOfTheAskedAddressThatNobodyProved_LeadsToNobody()
    {
        var found = await LocateAsync("typo@example.com", ("one@example.com", "p-1", true), ("typo@example.com", "p-1", false));

        Assert.Empty(found.Persons);
        Assert.Equal(["typo@example.com"], found.Addresses.Select(address => address.Value));
        Assert.Equal("one@example.com", Assert.Single(found.DoubtfulAddresses).Value);
    }

    [Fact]
    [Clause("C-SECURE")]
    public async Task LocateAsync_AddressThatOnlyAnEntryOfAnotherKeyNames_ProtectsOnly()
    {
        var directory = await TestDirectory.OpenAsync(("attacker@example.com", "p-1", true));
        await directory.AddAsync("attacker@example.com", "p-1", DateTimeOffset.UtcNow, named: "victim@example.com");

        var found = await directory.LocateAsync("attacker@example.com");

        Assert.Empty(found.OtherAddresses);
        Assert.Equal("victim@example.com", Assert.Single(found.DoubtfulAddresses).Value);
    }

    [Fact]
    [Clause("C-SECURE")]
    public async Task LocateAsync_EntryOfTheAskedAddressThatNamesAnother_LeadsToNobody()
    {
        var directory = await TestDirectory.OpenAsync(("one@example.com", "p-1", true));
        await directory.AddAsync("asked@example.com", "p-1", DateTimeOffset.UtcNow, named: "one@example.com");

        var found = await directory.LocateAsync("asked@example.com");

        Assert.Empty(found.Persons);
        Assert.Equal(["asked@example.com"], found.Addresses.Select(address => address.Value));
    }

    public static TheoryData<object> NoProofs => new() { "", false, 0, "not yet", DateTimeOffset.UnixEpoch };

    [Theory]
    [MemberData(nameof(NoProofs))]
    [Clause("C-SECURE")]
    public async Task LocateAsync_WhatIsNoInstant_IsNoProof(object provenAt)
    {
        var directory = await TestDirectory.OpenAsync(("one@example.com", "p-1", true));
        await directory.AddAsync("two@example.com", "p-1", provenAt);

        var found = await directory.LocateAsync("one@example.com");

        Assert.Equal("two@example.com", Assert.Single(found.DoubtfulAddresses).Value);
    }

    [Fact]
    public async Task LocateAsync_OtherAddressWithAnUnusableEntry_ProtectsOnly()
    {
        var found = await LocateAsync(
            "one@example.com", ("one@example.com", "p-1", true), ("two@example.com", "p-1", true), ("two@example.com", "p/2", true));

        Assert.Equal("two@example.com", Assert.Single(found.DoubtfulAddresses).Value);
    }

    [Fact]
    public async Task RefreshAsync_WhatChangedSince_OnlyProtects()
    {
        var directory = await TestDirectory.OpenAsync(
            ("one@example.com", "p-1", true), ("office@example.com", "p-1", true), ("kept@example.com", "p-1", true),
            ("gone@example.com", "p-1", true));
        var then = await directory.LocateAsync("one@example.com");
        Assert.Equal(3, then.OtherAddresses.Length);

        await directory.AddAsync("office@example.com", "p-2", DateTimeOffset.UtcNow);
        await directory.AddAsync("new@example.com", "p-1", DateTimeOffset.UtcNow);
        await directory.RemoveAsync("gone@example.com");
        var now = await directory.Locator.RefreshAsync(then, CancellationToken.None);

        Assert.Equal(["gone@example.com", "kept@example.com"], now.OtherAddresses.Select(address => address.Value));
        Assert.Equal(["new@example.com", "office@example.com"], now.DoubtfulAddresses.Select(address => address.Value));
        Assert.Equal((then.Address, then.Persons), (now.Address, now.Persons));
    }

    [Fact]
    [Clause("C-SECURE")]
    public async Task RefreshAsync_OfAnAddressThatSomebodyElseProvedSince_LeadsNowhereAndProtects()
    {
        var directory = await TestDirectory.OpenAsync(("one@example.com", "p-1", true), ("two@example.com", "p-1", true));
        var (then, stranger) = (await directory.LocateAsync("one@example.com"), await directory.LocateAsync("new@example.com"));
        await directory.AddAsync("one@example.com", "p-2", false);
        Assert.Equal(2, (await directory.Locator.RefreshAsync(then, CancellationToken.None)).Addresses.Count()); // nobody proved it

        foreach (var address in new[] { "one@example.com", "new@example.com" }) await directory.AddAsync(address, "p-3", DateTimeOffset.UtcNow);
        var now = await directory.Locator.RefreshAsync(then, CancellationToken.None);

        Assert.Equal(["two@example.com"], now.Addresses.Select(address => address.Value));
        Assert.Contains(then.Address, now.ProtectingAddresses);
        Assert.Equal(2, now.DoubtfulPersons.Length);
        // Whom the directory did not know then may be whom it knows now.
        Assert.Equal([stranger.Address], (await directory.Locator.RefreshAsync(stranger, CancellationToken.None)).Addresses);
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

    /// <summary>The daily sweep asks about a page of people at a time.</summary>
    [Fact]
    [Clause("K-SCHEDULE")]
    public async Task ForAsync_ManyPeople_AnswersAsEverAndLooksThroughTheDirectoryOnce()
    {
        var people = Enumerable.Range(1, 30).Select(number => (Address: $"p{number}@example.com", Id: $"p-{number}")).ToList();
        var directory = await TestDirectory.OpenAsync(
        [
            .. people.SelectMany(person => new[] { (person.Address, person.Id, true), ($"second-{person.Address}", person.Id, true) }),
            ("p1@example.com", "p/1", true), // names nobody by a usable id
            ("p2@example.com", "p-3", false), ("another@example.com", "p-300", true),
        ]);
        EmailAddress[] mailboxes = [.. people.Take(10).Select(person => EmailAddress.Parse(person.Address))];
        PersonId[] persons = [.. people.Skip(10).Select(person => TestDirectory.Id(person.Id))];

        var forThem = await directory.Locator.ForAsync(mailboxes, persons, CancellationToken.None);
        Assert.Equal(1, directory.Watched.Scans);
        var located = new List<SubjectKeys>();
        foreach (var mailbox in mailboxes.Skip(1)) located.Add(await forThem.LocateAsync(mailbox, CancellationToken.None));
        var addresses = new List<List<EmailAddress>>();
        foreach (var person in persons) addresses.Add(await forThem.AddressesOfAsync(person, CancellationToken.None).ToListAsync());
        await Assert.ThrowsAsync<InvalidDataException>(() => forThem.LocateAsync(mailboxes[0], CancellationToken.None));
        Assert.Equal(1, directory.Watched.Scans);

        for (var each = 1; each < mailboxes.Length; each++)
            Assert.Equivalent(await directory.Locator.LocateAsync(mailboxes[each], CancellationToken.None), located[each - 1], strict: true);
        foreach (var (place, person) in persons.Index())
            Assert.Equal(
                (await directory.Locator.AddressesOfAsync(person, CancellationToken.None).ToListAsync()).Order(ByText), addresses[place].Order(ByText));
        var another = await forThem.LocateAsync(EmailAddress.Parse("another@example.com"), CancellationToken.None);
        Assert.Equal(["p-300"], another.Persons.Select(person => person.Value));
    }

    private static readonly Comparer<EmailAddress> ByText =
        Comparer<EmailAddress>.Create((one, other) => string.CompareOrdinal(one.Value, other.Value));

    private static async Task<SubjectKeys> LocateAsync(
        string address, params (string Address, string Person, bool IsProven)[] entries) =>
        await (await TestDirectory.OpenAsync(entries)).LocateAsync(address);
}
