using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases.Watch;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Sweeps;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sweeps;

/// <summary>Our own proof of sweeps and other dated jobs has an end too.</summary>
[Clause("K-SCHEDULE")]
public class SweepEndsTests
{
    private static readonly DateOnly Today = new(2029, 11, 30);

    [Fact]
    public async Task EndSweep_ReportsAndRunsOfThreeYearsAgo_AreForgottenAndYoungerOnesStay()
    {
        var store = await SweptStore.OpenAsync();
        var clock = new FakeTimeProvider(At(Today.AddYears(-3)));
        var runs = new OnceRuns(store.Storage, clock);
        var (old, last, young) = (Today.AddYears(-3).AddDays(-1), Today.AddYears(-3), Today.AddDays(-1));
        foreach (var day in new[] { old.AddYears(-1), old, last, young }) await ReportAsync(store, day, kept: day == old ? 150 : 1);
        await BeAsync(runs, "old");
        await BeAsync(runs, "never over", isOver: false);
        clock.Advance(TimeSpan.FromDays(1));
        await BeAsync(runs, "young");
        clock.SetUtcNow(At(Today).AddHours(1));
        await runs.BeginAsync(SweepInput.InstanceOf(Today), CancellationToken.None);
        var ends = new SweepEnds(new SweptSets(DataMapRegister.LoadEmbedded()), store.Reports, runs, MailsOf(store, clock), clock);

        await ends.EndSweep(new(Today), CancellationToken.None);
        await ends.EndSweep(new(Today), CancellationToken.None); // repeated after a crash

        Assert.Equal([young, last], await store.Reports.ReportsAsync(null, CancellationToken.None).Select(report => report.Day).ToListAsync());
        Assert.Empty((await store.Reports.KeptAsync(old, "usage-log", 10, null, CancellationToken.None)).Kept);
        Assert.Single((await store.Reports.KeptAsync(last, "usage-log", 10, null, CancellationToken.None)).Kept);
        Assert.True(await runs.BeginAsync("old", CancellationToken.None)); // of which nothing is known any more
        Assert.True(await runs.BeginAsync("never over", CancellationToken.None)); // which goes on
        Assert.False(await runs.BeginAsync("young", CancellationToken.None));
        Assert.False(await runs.BeginAsync(SweepInput.InstanceOf(Today), CancellationToken.None));
    }

    [Fact]
    public async Task EndSweep_NotesOfMailsAboutNoCase_AreForgottenAfterThreeYearsAndThoseOfACaseStay()
    {
        var store = await SweptStore.OpenAsync();
        var clock = new FakeTimeProvider(At(Today.AddYears(-3).AddDays(-1)));
        var (mails, id) = (MailsOf(store, clock), CaseId.FromBytes(Guid.NewGuid().ToByteArray()));
        await TellAsync("hold-reviews-20261129", id.Value);
        clock.SetUtcNow(At(Today));
        await TellAsync("hold-reviews-20291130");
        var runs = new OnceRuns(store.Storage, clock);
        await runs.BeginAsync(SweepInput.InstanceOf(Today), CancellationToken.None);
        var ends = new SweepEnds(new SweptSets(store.Map), store.Reports, runs, mails, clock);

        await ends.EndSweep(new(Today), CancellationToken.None);

        var log = await store.Storage.TableAsync("privacyMails");
        var noted = await log.QueryAsync<TableEntity>().Select(row => row.PartitionKey).ToHashSetAsync();
        Assert.Equal(new HashSet<string> { id.Value, "hold-reviews-20291130" }, noted);

        async Task TellAsync(params string[] about)
        {
            var officer = EmailAddress.Parse("officer@example.com");
            foreach (var one in about) await mails.SendOnceToAsync(officer, one, "told", new JobFailed("please-look"), CancellationToken.None);
        }
    }

    private static CaseMails MailsOf(SweptStore store, TimeProvider time)
    {
        var site = Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") });
        return new(store.Storage, new Contacts(store.Storage), TestLetters.Writer, store.Mailer, site, time);
    }

    private static async Task ReportAsync(SweptStore store, DateOnly day, int kept)
    {
        var report = await store.Reports.OpenAsync(new(day, "usage-log"), At(day), CancellationToken.None);
        foreach (var some in Enumerable.Range(0, kept).Chunk(90))
            report = await store.Reports.SaveAsync(
                report, some.ToDictionary(number => new Protector("legal", $"h-{number}", Owner: null, ReviewOn: null), _ => 1),
                CancellationToken.None);
    }

    private static async Task BeAsync(OnceRuns runs, string name, bool isOver = true)
    {
        await runs.BeginAsync(name, CancellationToken.None);
        if (isOver) await runs.EndAsync(name, CancellationToken.None);
    }

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
