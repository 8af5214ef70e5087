using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Two operators see to a letter at the same time.</summary>
public class PostRaceTests
{
    [Fact]
    [Clause("R-EVERYONE")]
    public async Task Letter_AnsweredWhileItIsToGoOnByMail_IsAnsweredOnce()
    {
        var host = await ScenarioHost.SharedAsync();
        var today = $"{DateTimeOffset.UtcNow:yyyy-MM-dd}";
        await Parallel.ForAsync(0, 8, async (_, _) =>
        {
            var person = DataSubject.Stranger(host);
            var reference = (await host.EnterByPostAsync(today)).GetProperty("reference").GetString()!;
            await host.UntilItWaitsAsync(reference);
            var (byMail, byPost) = (
                host.GoOnByMailAsync(reference, new { email = person.Address, emailAgain = person.Address }),
                host.AnswerByPostAsync(reference, new { answer = "answered", postedOn = today }));
            await Task.WhenAll(byMail, byPost);

            Assert.Single([(await byMail).Status, (await byPost).Status], status => status == HttpStatusCode.OK);
            if ((await byPost).Status != HttpStatusCode.OK) return;
            foreach (var found in (await host.CallAsync(HttpMethod.Post, "api/operator/cases/search", new { email = person.Address })).Body.GetProperty("cases").EnumerateArray())
                Assert.Equal(
                    "answeredByAnotherCase",
                    (await host.UntilAsync(found.GetProperty("reference").GetString()!, view => view.Status() == "closed")).Outcome());
        });
    }
}
