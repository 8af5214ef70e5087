using Azure.Data.Tables;
using PrivacyFunctions.Backups;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>When a backup dies, and what a look for a purged account comes to.</summary>
[Clause("T-BACKUP")]
public class ShelfTests
{
    private static readonly AccountId Account = AccountId.Parse("a-1");
    private static readonly AccountId Neighbour = AccountId.Parse("a-10");

    [Fact]
    public async Task Look_BackupFromBeforeThePurge_IsStillThere()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.BackUpAsync();
        var purgedAt = company.Clock.GetUtcNow(); // the very instant of its birth: it may hold the account
        company.Pass(days: 1);
        await company.BackUpAsync();

        var found = Assert.IsType<BackupFinding.StillThere>(await company.LookForAsync(Account, purgedAt));

        Assert.Equal([new(2026, 2, 10)], found.Born);
    }

    [Fact]
    public async Task Look_AMonthAfterThePurge_DeletesWhatIsDueOpensTheOldestLeftAndFindsNothing()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.AddAsync(Account);
        await company.AddAsync(Neighbour);
        await company.BackUpAsync();
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await company.PurgeAsync(Account);
        var purgedAt = company.Clock.GetUtcNow();
        company.Pass(days: 1);
        await company.BackUpAsync();
        company.Pass(days: 1);
        await company.BackUpAsync();
        company.Clock.SetUtcNow(purgedAt.AddMonths(1));

        var found = Assert.IsType<BackupFinding.Gone>(await company.LookForAsync(Account, purgedAt));

        Assert.Equal(new(2026, 2, 11), found.Opened);
        Assert.Equal((await company.Archive.FindAsync(found.Opened, default))!.Sha256, found.ManifestSha256);
        Assert.Equal([new(2026, 2, 11), new(2026, 2, 12)], await company.NightsAsync());
        var evidence = await company.EntryAsync(new(2026, 2, 10));
        Assert.Equal((LedgerState.Deleted, company.Clock.GetUtcNow()), (evidence.State, evidence.DeletedAt));
        Assert.Equal((new DateOnly(2026, 3, 10), 4L, 64), (evidence.KillOn, evidence.Rows, evidence.ManifestSha256!.Length));
    }

    [Theory]
    [InlineData("service-contacts")]
    [InlineData("service-files")]
    public async Task Look_BackupFromAfterThePurgeHoldsTheAccount_SaysWhere(string left)
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.AddAsync(Account);
        if (left == "service-files") await company.Table("service-contacts").DeleteEntityAsync(Account.Value, "c-1");
        await company.BackUpAsync();

        var found = Assert.IsType<BackupFinding.Holds>(
            await company.LookForAsync(Account, BackedUpCompany.FirstNight.AddSeconds(-1)));

        Assert.Equal((new DateOnly(2026, 2, 10), left), (found.Born, found.DataSet));
    }

    [Fact]
    public async Task Look_LargeFileOfTheAccount_IsFoundWithoutReadingIt()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.Container("service-files").GetBlobClient($"{Account}/films/1")
            .UploadAsync(new BinaryData(new byte[FileLine.Largest + 1]));
        await company.BackUpAsync();
        var purgedAt = BackedUpCompany.FirstNight.AddSeconds(-1);

        Assert.IsType<BackupFinding.Holds>(await company.LookForAsync(Account, purgedAt));
        Assert.IsType<BackupFinding.Gone>(await company.LookForAsync(Neighbour, purgedAt));
    }

    [Fact]
    public async Task Look_ManyAccounts_ReadsOnlyTheChunksThatCanHoldThisOne()
    {
        var company = await BackedUpCompany.CreateAsync();
        foreach (var account in Enumerable.Range(100, 30))
            await company.Table("service-contacts").SubmitTransactionAsync(Enumerable.Range(0, 100).Select(row =>
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity($"a-{account}", $"c-{row:D3}"))));
        var manifest = await company.BackUpAsync();
        Assert.Equal(3, company.ChunksOf(manifest, "service-contacts").Count);
        var purgedAt = BackedUpCompany.FirstNight.AddSeconds(-1);

        Assert.Equal(1, Assert.IsType<BackupFinding.Gone>(await company.LookForAsync(AccountId.Parse("a-115x"), purgedAt)).ChunksRead);
        Assert.Equal(0, Assert.IsType<BackupFinding.Gone>(await company.LookForAsync(AccountId.Parse("a-2"), purgedAt)).ChunksRead);
        Assert.IsType<BackupFinding.Holds>(await company.LookForAsync(AccountId.Parse("a-129"), purgedAt));
    }

    [Fact]
    public async Task Look_NothingWasEverCopied_HasNothingToOpen()
    {
        var company = await BackedUpCompany.CreateAsync();
        Assert.IsType<BackupFinding.NothingToOpen>(await company.LookForAsync(Account, company.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Look_OldestLeftCouldNotBeVerified_OpensTheNextOne()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.CopyAsync();
        await company.FailAsync(nameof(VerifyBackup));
        var purgedAt = BackedUpCompany.FirstNight.AddSeconds(-1);
        Assert.IsType<BackupFinding.NothingToOpen>(await company.LookForAsync(Account, purgedAt));

        company.Pass(days: 1);
        await company.BackUpAsync();

        Assert.Equal(
            new(2026, 2, 11), Assert.IsType<BackupFinding.Gone>(await company.LookForAsync(Account, purgedAt)).Opened);
    }

    [Fact]
    public async Task Kill_WithoutANewerVerifiedOne_Waits()
    {
        var company = await BackedUpCompany.CreateAsync();
        var first = company.Today;
        await company.BackUpAsync();
        company.Pass(days: 27);
        await company.CopyAsync(); // newer, and not verified
        var newer = company.Today;
        company.Pass(days: 1);
        await company.Shelf.DeleteDueAsync(default);
        Assert.Equal([first, newer], await company.NightsAsync());

        await company.Ledger.NoteVerifiedAsync(newer, company.Clock.GetUtcNow(), default);
        await company.Shelf.DeleteDueAsync(default);

        Assert.Equal([newer], await company.NightsAsync());
    }

    [Fact]
    public async Task Kill_ADayBeforeItsDate_Waits()
    {
        var company = await BackedUpCompany.CreateAsync();
        var first = company.Today;
        await company.BackUpAsync();
        company.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 9, 23, 59, 59, TimeSpan.Zero));
        await company.BackUpAsync();
        await company.Shelf.DeleteDueAsync(default);
        Assert.Equal(2, (await company.NightsAsync()).Count);

        company.Clock.Advance(TimeSpan.FromSeconds(1));
        await company.Shelf.DeleteDueAsync(default);

        Assert.DoesNotContain(first, await company.NightsAsync());
    }

    [Fact]
    public async Task Kill_DiedBeforeItsNote_IsNotedTheNextTime()
    {
        var company = await BackedUpCompany.CreateAsync();
        var first = company.Today;
        await company.BackUpAsync();
        company.Pass(days: 28);
        await company.BackUpAsync();
        await company.Archive.DeleteAsync(first, default);

        await company.Shelf.DeleteDueAsync(default);

        Assert.Equal(company.Clock.GetUtcNow(), (await company.EntryAsync(first)).DeletedAt);
    }

    [Fact]
    public async Task HalfACopy_OfANightThatWasGivenUp_IsInTheWayOfAPurgeUntilItIsGone()
    {
        var company = await BackedUpCompany.CreateAsync();
        var half = company.Today;
        await company.Ledger.OpenAsync(half, company.Clock.GetUtcNow(), default);
        await company.Archive.OpenAsync(default);
        await company.Backups.UploadBlobAsync(BackupLayout.Folder(half) + BackupLayout.Chunk("s", 0, new string('0', 64)), new BinaryData("a part"));
        var purgedAt = company.Clock.GetUtcNow().AddHours(1);
        company.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal([half], Assert.IsType<BackupFinding.StillThere>(await company.LookForAsync(Account, purgedAt)).Born);

        company.Pass(days: 1);
        await company.Shelf.DeleteDueAsync(default);
        Assert.Equal([half], await company.NightsAsync()); // its night may still be copying

        await company.Ledger.NoteAttentionAsync(half, nameof(CopyData), default);
        await company.Shelf.DeleteDueAsync(default);

        Assert.Empty(await company.NightsAsync());
    }

    [Fact]
    public async Task Shelf_BackupThatTheLedgerDoesNotKnow_IsNotedAndDiesOnItsDate()
    {
        var company = await BackedUpCompany.CreateAsync();
        var old = company.Today;
        await company.Backups.CreateAsync();
        await company.StoreAsync(BackupManifest.Of(company.Clock.GetUtcNow(), []));
        Assert.IsType<BackupFinding.Gone>(await company.LookForAsync(Account, BackedUpCompany.FirstNight.AddDays(-1)));
        Assert.Equal(LedgerState.NotVerified, (await company.EntryAsync(old)).State);

        company.Pass(days: 28);
        await company.BackUpAsync();
        await company.Shelf.DeleteDueAsync(default);

        Assert.Equal(LedgerState.Deleted, (await company.EntryAsync(old)).State);
    }

    [Fact]
    public async Task Ledger_MoreThanAPage_IsGivenNewestFirst()
    {
        var company = await BackedUpCompany.CreateAsync();
        foreach (var day in new[] { 3, 1, 2 })
            await company.Ledger.OpenAsync(new(2026, 1, day), company.Clock.GetUtcNow(), default);

        Assert.Equal([3, 2, 1], await company.Ledger.EntriesAsync(null, default).Select(entry => entry.Night.Day).ToListAsync());
        Assert.Equal([2, 1], await company.Ledger.EntriesAsync(new(2026, 1, 3), default).Select(entry => entry.Night.Day).ToListAsync());
    }
}
