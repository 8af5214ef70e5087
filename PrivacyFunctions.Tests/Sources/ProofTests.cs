using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

/// <summary>Who has proven a mailbox, and when, in a directory that each test writes for itself.</summary>
[Clause("C-SECURE")]
public sealed class ProofTests
{
    [Fact]
    public async Task MailboxOfAsync_SeveralProven_IsTheOneProvenLast()
    {
        var directory = await TestDirectory.OpenAsync();
        var day = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await directory.AddAsync("first@example.com", "p-1", day);
        await directory.AddAsync("last@example.com", "p-1", day.AddDays(2));
        await directory.AddAsync("middle@example.com", "p-1", day.AddDays(1));
        await directory.AddAsync("unproven@example.com", "p-1", null);
        await directory.AddAsync("other@example.com", "p-2", day.AddDays(3));

        Assert.Equal("last@example.com", (await directory.MailboxOfAsync("p-1"))?.Value);
        Assert.Null(await directory.MailboxOfAsync("p-3"));
    }

    [Fact]
    public async Task MailboxOfAsync_NoneProvenByItsOwnEntry_IsNone()
    {
        var directory = await TestDirectory.OpenAsync(("unproven@example.com", "p-1", false));
        await directory.AddAsync("somebody@example.com", "p-1", DateTimeOffset.UtcNow, named: "else@example.com"); // no entry of else's

        Assert.Null(await directory.MailboxOfAsync("p-1"));
    }

    [Fact]
    public async Task MailboxOfAsync_SharedWithARowThatNamesNobody_IsFoundAllTheSame()
    {
        var directory = await TestDirectory.OpenAsync(("shared@example.com", "p-1", true), ("shared@example.com", "p/2", true));

        Assert.Equal("shared@example.com", (await directory.MailboxOfAsync("p-1"))?.Value);
    }

    /// <summary>Or somebody's slip under an owner's address would keep them from undoing the end of their account.</summary>
    [Fact]
    [Clause("T-KEEP")]
    public async Task IsProvenByAsync_MailboxUnderWhichOthersSayNothingUsable_IsWhoseProofItHas()
    {
        var directory = await TestDirectory.OpenAsync(
            ("owner@example.com", "p-1", true), ("owner@example.com", "p/2", true), ("owner@example.com", "p-3", false),
            ("slip@example.com", "p-1", true), ("slip@example.com", "p/4", false));

        Assert.True(await IsProvenByAsync("owner@example.com", "p-1"));
        Assert.False(await IsProvenByAsync("owner@example.com", "p-3"));
        Assert.False(await IsProvenByAsync("other@example.com", "p-1"));
        var persons = await directory.Locator.PersonsAsync(EmailAddress.Parse("slip@example.com"), CancellationToken.None);
        Assert.Equal(["p-1"], persons.Select(person => person.Value));

        Task<bool> IsProvenByAsync(string address, string person) =>
            directory.Locator.IsProvenByAsync(EmailAddress.Parse(address), TestDirectory.Id(person), CancellationToken.None);
    }

    [Fact]
    [Clause("T-KEEP")]
    public async Task HasProvenSinceAsync_OnlyAProofThatCameLater_IsAReturn()
    {
        var gone = DateTimeOffset.UtcNow;
        var directory = await TestDirectory.OpenAsync(("one@example.com", "p-1", false));
        await directory.AddAsync("one@example.com", "p-1", gone.AddYears(-1)); // played back
        Assert.False(await directory.Locator.HasProvenSinceAsync(TestDirectory.Id("p-1"), gone, CancellationToken.None));

        await directory.AddAsync("two@example.com", "p-1", gone.AddDays(20));
        Assert.True(await directory.Locator.HasProvenSinceAsync(TestDirectory.Id("p-1"), gone, CancellationToken.None));
        Assert.False(await directory.Locator.HasProvenSinceAsync(TestDirectory.Id("p-2"), gone, CancellationToken.None));
    }
}
