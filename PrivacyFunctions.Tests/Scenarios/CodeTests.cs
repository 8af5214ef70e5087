using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The codes that open a download: wrong, guessed, spent, asked for too often.</summary>
[Clause("C-SECURE")]
[Clause("R-ACCESS")]
public class CodeTests
{
    [Fact]
    public async Task Code_WrongSixTimes_IsVoidAndAFreshOneWorks()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var link = await person.BeOfferedAsync();
        var code = await person.CodeAsync(link);
        var wrong = code == "000000" ? "000001" : "000000";

        for (var attempt = 1; attempt <= 6; attempt++)
        {
            using var refused = await person.PostAsync($"{link}/open", new { code = wrong });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var said = attempt switch { < 5 => "not the code from the newest mail", 5 => "no longer works. Have a fresh code sent", _ => "Please have a fresh code sent" };
            Assert.Contains(said, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var tooLate = await person.PostAsync($"{link}/open", new { code }))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLate.StatusCode);
        using var right = await person.PostAsync($"{link}/open", new { code = await person.CodeAsync(link) });
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Code_LeftEmptyOrIncomplete_IsNoTry()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var link = await person.BeOfferedAsync();
        var code = await person.CodeAsync(link);
        foreach (var slip in new[] { "", " ", code[..5], "words", "", code + code })
        {
            using var refused = await person.PostAsync($"{link}/open", new { code = slip });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("Enter the six digits", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var right = await person.PostAsync($"{link}/open", new { code });
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Code_GuessedInParallel_IsTriedFiveTimesAtMost()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var link = await person.BeOfferedAsync();
        var code = await person.CodeAsync(link);

        var guesses = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            using var answer = await person.PostAsync(
                $"{link}/open", new { code = ((int.Parse(code) + i + 1) % 1_000_000).ToString("D6") });
            return await answer.Content.ReadAsStringAsync();
        }));

        Assert.True(guesses.Count(guess => guess.Contains("not the code", StringComparison.Ordinal)) < 5);
        using var spent = await person.PostAsync($"{link}/open", new { code });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, spent.StatusCode);
    }

    [Fact]
    public async Task Code_Used_OpensNothingASecondTime()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var link = await person.BeOfferedAsync();
        var code = await person.CodeAsync(link);
        using (var first = await person.PostAsync($"{link}/open", new { code })) Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await person.PostAsync($"{link}/open", new { code });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
    }

    [Fact]
    public async Task Codes_AskedForTooOften_AreThrottled()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var link = await person.BeOfferedAsync();

        for (var i = 0; i < 10; i++)
            using (var sent = await person.PostAsync($"{link}/code")) Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        using var refused = await person.PostAsync($"{link}/code");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }
}
