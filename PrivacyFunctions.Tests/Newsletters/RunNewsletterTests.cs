using NodaTime;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Newsletters;

/// <summary>The procedure, replayed for real with skipped time.</summary>
[Clause("M-UNSUB")]
public class RunNewsletterTests
{
    [Fact]
    public async Task ShortList_IsSentAtOnceAndForgottenAfterThirtyDays()
    {
        await using var run = await NewsletterRun.StartAsync(pages: 3);
        await run.BeginAsync();
        Assert.Equal(
            ["SendNewsletterPage 1", "SendNewsletterPage 2", "SendNewsletterPage 3", nameof(FinishNewsletter)], run.Calls);

        await run.PassAsync(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(nameof(FinishNewsletter), run.Calls[^1]);
        await run.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal([nameof(ForgetRecipients), nameof(ForgetRecipients)], run.Calls.TakeLast(2));
        Assert.True(await run.IsCompletedAsync(NewsletterRun.Instance));
        run.Record(NewsletterRun.Instance, "newsletter");
        run.Record($"{NewsletterRun.Instance}:1", "newsletter-stretch");
    }

    [Fact]
    public async Task LongList_IsSentInStretchesWithBoundedHistories()
    {
        await using var run = await NewsletterRun.StartAsync(pages: 120);
        await run.BeginAsync();
        await run.PassAsync(TimeSpan.FromDays(30));

        Assert.Equal(Enumerable.Range(1, 120).Select(page => $"SendNewsletterPage {page}"), run.Calls.Take(120));
        Assert.True(await run.IsCompletedAsync(NewsletterRun.Instance));
        Assert.InRange(run.HistoryLength(NewsletterRun.Instance), 1, 60);
        foreach (var first in new[] { 1, 51, 101 })
            Assert.InRange(run.HistoryLength($"{NewsletterRun.Instance}:{first}"), 20, 220);
        run.Record(NewsletterRun.Instance, "newsletter");
    }

    [Fact]
    [Clause("K-SCHEDULE")]
    public void Recipients_AreKept_AsLongAsTheMapSays()
    {
        var mails = DataMapRegister.LoadEmbedded()[DataSetId.Parse("newsletter-mails")];
        Assert.Equal(Period.FromDays(FinishNewsletter.DaysKept), Assert.IsType<Retention.After>(mails.Retention).Period);
    }

    [Fact]
    public async Task PageThatStaysBroken_IsShownAndTriedUntilItWorks()
    {
        await using var run = await NewsletterRun.StartAsync(pages: 1);
        run.Failures = 10; // eight attempts in a quarter of an hour, and two of the next round
        await run.BeginAsync();
        for (var minutes = 0; minutes < 30; minutes++) await run.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("NoteCampaignTrouble SendNewsletterPage", run.Calls[^1]);

        for (var minutes = 0; minutes < 90; minutes++) await run.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["SendNewsletterPage 1", "NoteCampaignTrouble ", nameof(FinishNewsletter)], run.Calls.TakeLast(3));
        Assert.Equal(11, run.Calls.Count(call => call == "SendNewsletterPage 1"));
        await run.PassAsync(TimeSpan.FromDays(30));
        Assert.True(await run.IsCompletedAsync(NewsletterRun.Instance));
        run.Record($"{NewsletterRun.Instance}:1", "newsletter-stretch");
        run.Record($"{NewsletterRun.Instance}:1:{nameof(SendNewsletterPage)}-0-1", "mend-newsletter");
    }
}
