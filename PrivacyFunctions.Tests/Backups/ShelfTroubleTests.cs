using Azure.Storage.Blobs.Specialized;
using PrivacyFunctions.Backups;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>A backup that cannot be deleted or read is shown, and is in the way of nothing but what it may hold.</summary>
[Clause("T-BACKUP")]
public class ShelfTroubleTests
{
    private static readonly AccountId Account = AccountId.Parse("a-1");

    [Fact]
    public async Task Kill_LockedBackup_IsShownHoldsUpNoOtherAndGoesWhenItCan()
    {
        var company = await BackedUpCompany.CreateAsync();
        var (locked, other) = (company.Today, company.Today.AddDays(1));
        await company.BackUpAsync();
        company.Pass(days: 1);
        await company.BackUpAsync();
        var lease = await LockAsync(company, locked);
        company.Pass(days: 28);
        await company.BackUpAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(DeleteAsync);

        Assert.Equal([locked, company.Today], await company.NightsAsync());
        Assert.Equal(nameof(DeleteOldBackups), (await company.EntryAsync(locked)).Attention);
        Assert.Equal(LedgerState.Deleted, (await company.EntryAsync(other)).State);

        await Assert.ThrowsAsync<InvalidOperationException>(DeleteAsync);
        await lease.ReleaseAsync();
        await DeleteAsync();
        Assert.Equal([company.Today], await company.NightsAsync());
        Assert.Equal(LedgerState.Deleted, (await company.EntryAsync(locked)).State);

        Task DeleteAsync() => new DeleteOldBackups(company.Shelf).RunAsync(new(company.Today), default);
    }

    [Fact]
    public async Task Look_WhileABackupIsLocked_IsHeldUpOnlyIfThatOneMayHoldTheAccount()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.BackUpAsync();
        await LockAsync(company, company.Today);
        company.Pass(days: 28);
        await company.BackUpAsync();

        var after = await company.LookForAsync(Account, BackedUpCompany.FirstNight.AddSeconds(-1));
        Assert.Equal(company.Today, Assert.IsType<BackupFinding.Gone>(after).Opened);

        var before = await company.LookForAsync(Account, BackedUpCompany.FirstNight.AddSeconds(1));
        Assert.Equal([new(2026, 2, 10)], Assert.IsType<BackupFinding.StillThere>(before).Born);
    }

    [Fact]
    public async Task Shelf_ManifestThatTheLedgerDoesNotKnowCannotBeRead_IsShownAndDiesOnItsDate()
    {
        var company = await BackedUpCompany.CreateAsync();
        var unreadable = company.Today.AddDays(1);
        await company.BackUpAsync();
        await company.Backups.UploadBlobAsync(BackupLayout.Manifest(unreadable), new BinaryData("{"));
        company.Pass(days: 28);
        await company.BackUpAsync();

        var cleared = await company.Shelf.DeleteDueAsync(default);

        Assert.Equal([unreadable, company.Today], await company.NightsAsync());
        Assert.Equal([unreadable], cleared.Troubled);
        Assert.Equal(nameof(VerifyBackup), (await company.EntryAsync(unreadable)).Attention);

        company.Pass(days: 1);
        await company.BackUpAsync();
        Assert.Empty((await company.Shelf.DeleteDueAsync(default)).Troubled);
        Assert.DoesNotContain(unreadable, await company.NightsAsync());
    }

    [Fact]
    public async Task Kill_NewestBackupCannotBeRead_TheNextNewestStandsIn()
    {
        var company = await BackedUpCompany.CreateAsync();
        var old = company.Today;
        await company.BackUpAsync();
        company.Pass(days: 27);
        await company.BackUpAsync();
        var standIn = company.Today;
        company.Pass(days: 1);
        await company.BackUpAsync();
        await DamageAsync(company);

        Assert.Equal([company.Today], (await company.Shelf.DeleteDueAsync(default)).Troubled);

        Assert.Equal([standIn, company.Today], await company.NightsAsync());
        Assert.Equal(LedgerState.Deleted, (await company.EntryAsync(old)).State);
        Assert.Equal(nameof(VerifyBackup), (await company.EntryAsync(company.Today)).Attention);
    }

    [Fact]
    public async Task Kill_OnlyNewerBackupCannotBeRead_Waits()
    {
        var company = await BackedUpCompany.CreateAsync();
        var old = company.Today;
        await company.BackUpAsync();
        company.Pass(days: 28);
        await company.BackUpAsync();
        await DamageAsync(company);

        await company.Shelf.DeleteDueAsync(default);

        Assert.Contains(old, await company.NightsAsync());
    }

    [Fact]
    public async Task Look_OldestManifestCannotBeRead_OpensTheNextOne()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.BackUpAsync();
        await DamageAsync(company);
        company.Pass(days: 1);
        await company.BackUpAsync();

        var found = await company.LookForAsync(Account, BackedUpCompany.FirstNight.AddSeconds(-1));

        Assert.Equal(company.Today, Assert.IsType<BackupFinding.Gone>(found).Opened);
    }

    private static async Task<BlobLeaseClient> LockAsync(BackedUpCompany company, DateOnly night)
    {
        var lease = company.Backups.GetBlobClient(BackupLayout.Manifest(night)).GetBlobLeaseClient();
        await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration);
        return lease;
    }

    private static async Task DamageAsync(BackedUpCompany company) =>
        await company.Backups.GetBlobClient(BackupLayout.Manifest(company.Today)).UploadAsync(new BinaryData("{"), overwrite: true);
}
