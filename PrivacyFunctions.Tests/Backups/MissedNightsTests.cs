using PrivacyFunctions.Backups;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>Nights that fail, stand still or do not happen are told to the Data Protection Officer, once of each.</summary>
[Clause("T-BACKUP")]
public class MissedNightsTests
{
    private static readonly DateOnly Tonight = new(2026, 3, 10);

    /// <summary>The nights before, newest first: v verified, d deleted, f failed, o not over, s of before the ledger.</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData("v", null)]
    [InlineData("fv", 2)]
    [InlineData("ov", 2)]
    [InlineData(" v", 2)]
    [InlineData("   d", 4)]
    [InlineData("f", null)]
    [InlineData("ff", 2)]
    [InlineData("fffff", 5)]
    [InlineData("sss", null)]
    public void NoneSince_TheNightsBefore_IsTheNewestVerifiedOrTheFirstIfTwoDaysBack(string before, int? daysBack) => Assert.Equal(
        daysBack is { } days ? Tonight.AddDays(-days) : null, MissedNights.NoneSince(Tonight, Nights(before)));

    [Theory]
    [InlineData("v", new int[0])]
    [InlineData("fds", new int[0])]
    [InlineData("ofo", new[] { 3, 1 })]
    public void NotOver_TheNightsBefore_AreThoseThatWereBegunAndNeitherVerifiedNorGivenUp(string before, int[] daysBack) =>
        Assert.Equal(daysBack.Select(days => Tonight.AddDays(-days)), MissedNights.NotOver(Nights(before)));

    [Fact]
    public async Task FailedNight_NotedAgain_IsToldOnceForEachStep()
    {
        var company = await BackedUpCompany.CreateAsync();
        foreach (var step in new[] { nameof(CopyData), nameof(CopyData), nameof(DeleteOldBackups) }) await company.FailAsync(step);

        Assert.Equal(
            ["A nightly backup failed", "Old backups cannot be deleted"], company.Officer.Mails.Select(mail => mail.Letter.Subject));
        Assert.All(company.Officer.Mails, mail => Assert.Equal(company.Map.Company.Officer.Email, mail.To.Value));

        company.Pass(days: 1);
        await company.FailAsync(nameof(CopyData));
        Assert.Equal(3, company.Officer.Sent);
        Assert.Contains("11 February 2026", company.Officer.Mails[2].Letter.ToText());
    }

    [Fact]
    public async Task Watch_NightsGoWell_SaysNothing()
    {
        var company = await BackedUpCompany.CreateAsync();
        for (var night = 0; night < 3; night++)
        {
            await company.WatchAsync();
            await company.BackUpAsync();
            company.Pass(days: 1);
        }

        Assert.Equal(0, company.Officer.Sent);
    }

    [Fact]
    public async Task Watch_NoNightForDays_IsToldOnceUntilThereIsOneAgain()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.BackUpAsync();
        for (var day = 0; day < 3; day++)
        {
            company.Pass(days: 1);
            await company.WatchAsync();
        }

        Assert.Contains("10 February 2026", Assert.Single(company.Officer.Mails).Letter.ToText());

        await company.BackUpAsync();
        company.Pass(days: 2);
        await company.WatchAsync();
        Assert.Equal(2, company.Officer.Sent);
    }

    [Fact]
    public async Task Watch_NightThatRunsIntoTheNext_IsToldOnce()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.Ledger.OpenAsync(company.Today, company.Clock.GetUtcNow(), default);
        await company.WatchAsync();
        Assert.Equal(0, company.Officer.Sent);

        company.Pass(days: 1);
        await company.WatchAsync();
        await company.WatchAsync();

        Assert.Equal("A nightly backup takes too long", Assert.Single(company.Officer.Mails).Letter.Subject);
    }

    [Fact]
    public async Task Watch_MailIsAwayForOneNight_TellsTheOthersAndThatOneLater()
    {
        var company = await BackedUpCompany.CreateAsync();
        for (var night = 0; night < 2; night++)
        {
            await company.Ledger.OpenAsync(company.Today, company.Clock.GetUtcNow(), default);
            company.Pass(days: 1);
        }

        company.Officer.IsAwayFor = letter => letter.ToText().Contains("The backup of 10 February", StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(company.WatchAsync);
        Assert.Equal(2, company.Officer.Sent); // of the second night, and that there is none

        await company.BackUpAsync(); // a good night does not hide the one before
        company.Pass(days: 1);
        company.Officer.IsAwayFor = _ => false;
        await company.WatchAsync();
        await company.WatchAsync();
        Assert.Equal(3, company.Officer.Sent);
        Assert.Contains("The backup of 10 February", company.Officer.Mails[2].Letter.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailedDeletion_IsToldAndLeavesTonightsRowAsItIs()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.BackUpAsync();
        await company.FailAsync(nameof(DeleteOldBackups));
        Assert.Equal(LedgerState.Verified, (await company.EntryAsync(company.Today)).State);

        company.Pass(days: 1);
        await company.FailAsync(nameof(CopyData));
        await company.FailAsync(nameof(DeleteOldBackups));
        Assert.Equal(nameof(CopyData), (await company.EntryAsync(company.Today)).Attention);
        Assert.Equal(3, company.Officer.Sent);
    }

    private static IReadOnlyList<BackupEntry> Nights(string before) =>
        [.. before.Select((state, place) => (state, Night: Tonight.AddDays(-1 - place))).Where(night => night.state != ' ')
            .Select(night => Entry(night.state, night.Night))];

    private static BackupEntry Entry(char state, DateOnly night)
    {
        var at = new DateTimeOffset(night, new(1, 0), TimeSpan.Zero);
        return new(
            night, state == 's' ? null : at, null, null, state is 'v' or 'd' ? at : null, state == 'd' ? at : null, null, null, null,
            state == 'f' ? nameof(CopyData) : null);
    }
}
