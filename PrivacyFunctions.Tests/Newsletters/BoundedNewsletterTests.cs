using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Newsletters;

/// <summary>However many subscribers there are and however long a step is broken, no history grows with it.</summary>
[Clause("M-UNSUB")]
public class BoundedNewsletterTests
{
    [Fact]
    public async Task HundredThousandSubscribers_AreAllMetAndForgottenAndNoHistoryGrows()
    {
        await using var run = await NewsletterRun.StartAsync(pages: 1000); // of a hundred
        run.Batches = 500;
        await run.BeginAsync();
        Assert.Equal(
            Enumerable.Range(1, 1000).Select(page => $"{nameof(SendNewsletterPage)} {page}"), run.Calls.Take(1000));
        Assert.DoesNotContain(nameof(ForgetRecipients), run.Calls);

        await run.PassAsync(TimeSpan.FromDays(30));
        Assert.Equal(1, run.Calls.Count(call => call == nameof(FinishNewsletter)));
        Assert.Equal(500, run.Calls.Count(call => call == nameof(ForgetRecipients)));
        Assert.True(await run.IsCompletedAsync(NewsletterRun.Instance));
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    public async Task EachPageFailsOnce_IsMendedQuietlyAndNoHistoryGrows()
    {
        await using var run = await NewsletterRun.StartAsync(pages: 200);
        run.IsFlaky = true;
        await run.BeginAsync();
        for (var page = 0; page < 200; page++) await run.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Contains(nameof(FinishNewsletter), run.Calls);
        Assert.DoesNotContain($"{nameof(NoteCampaignTrouble)} {nameof(SendNewsletterPage)}", run.Calls);
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    public async Task PageBrokenForSixtyDays_IsShownMendedAndNoHistoryGrows()
    {
        await using var run = await NewsletterRun.StartAsync(pages: 3);
        run.Failures = int.MaxValue;
        await run.BeginAsync();
        await run.PassDaysAsync(60);
        Assert.Contains($"{nameof(NoteCampaignTrouble)} {nameof(SendNewsletterPage)}", run.Calls);

        run.Failures = 0;
        await run.PassDaysAsync(2);
        Assert.Contains($"{nameof(NoteCampaignTrouble)} ", run.Calls);
        Assert.Contains(nameof(FinishNewsletter), run.Calls);
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }
}
