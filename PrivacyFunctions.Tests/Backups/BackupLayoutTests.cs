using PrivacyFunctions.Backups;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Backups;

[Clause("T-BACKUP")]
public class BackupLayoutTests
{
    [Fact]
    public void KillOn_EveryDayOf2024To2031_IsWithinOneCalendarMonth()
    {
        for (var born = new DateOnly(2024, 1, 1); born.Year < 2032; born = born.AddDays(1))
        {
            var kill = BackupLayout.KillOn(born);
            Assert.InRange(kill, born.AddDays(28), born.AddMonths(1));
        }
    }

    [Fact]
    public void Manifest_BornAtAnyHourOfTheLastDayOfJanuary_IsKilledInTime()
    {
        for (var hour = 0; hour < 24; hour++)
        {
            var born = new DateTimeOffset(2026, 1, 31, hour, 59, 59, TimeSpan.FromHours(1));
            var manifest = BackupManifest.Of(born, []);
            Assert.Equal(BackupLayout.DateOf(born), manifest.BornOn);
            Assert.True(manifest.KillOn <= BackupLayout.DateOf(born.AddMonths(1)));
        }
    }

    [Fact]
    public void Names_OfANight_AreReadBack()
    {
        var night = new DateOnly(2028, 2, 29);
        Assert.Equal("2028-02-29/manifest.json", BackupLayout.Manifest(night));
        Assert.True(BackupLayout.TryReadNight(BackupLayout.Folder(night), out var read));
        Assert.Equal(night, read);
        Assert.False(BackupLayout.TryReadNight("2027-02-29/", out _));
        Assert.False(BackupLayout.TryReadNight("somebody's notes/", out _));
    }

    [Fact]
    public void Stores_OfTheMap_AreAllActiveDataOnceAndNothingOfOurs()
    {
        var map = DataMapRegister.LoadEmbedded();
        var copied = BackupStore.AllOf(map);

        Assert.Equal(copied.Count, copied.Select(store => store.Name).Distinct().Count());
        Assert.Contains(copied, store => store.Name == "sales.table.companyReferrals");
        Assert.Equal(
            map.DataSets.Where(set => set.System.Value is not ("backup" or "privacy")).Select(set => BackupStore.Of(set).Name)
                .Distinct().Order(),
            copied.Select(store => store.Name).Order());
    }

    [Fact]
    public void Map_SaysTheSamePeriod()
    {
        var retention = Assert.IsType<Retention.After>(BackupStore.BackupsOf(DataMapRegister.LoadEmbedded()).Retention);
        Assert.Equal(NodaTime.Period.FromDays(BackupLayout.LifeInDays), retention.Period);
    }

    /// <summary>The service takes no more than 50,000 pieces of a blob, of 4,000 MiB at most.</summary>
    [Theory]
    [InlineData(0L)]
    [InlineData(195L * 1024 * 1024 * 1024)]
    [InlineData(200L * 1024 * 1024 * 1024)]
    [InlineData(100L * 1024 * 1024 * 1024 * 1024)]
    public void PieceOf_ABlobOfAnyLength_IsTakenByTheService(long length)
    {
        var piece = BackupArchive.PieceOf(length);

        Assert.InRange((length + piece - 1) / piece, 0, 50_000);
        Assert.InRange(piece, 4L * 1024 * 1024, 4_000L * 1024 * 1024);
    }
}
