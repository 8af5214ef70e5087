using AngleSharp.Html.Parser;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Tests.Hosting;
using PrivacyFunctions.Tests.Scenarios.NewKind;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// A kind of request that the app does not have: its state, facts, procedure and words are in the tests, and nothing but its registration
/// tells the app of it. People and operators have it then as they have the others.
/// </summary>
[Clause("R-EVERYONE")]
public class NewKindTests
{
    [Fact]
    public async Task KindOfTheTests_FromItsFormToItsFinalMail_NeedsNothingOfTheApp()
    {
        await using var host = await LocalHostHere.StartAsync(
            new DateOnly(2026, 3, 2), seeded: false, timePasses: true, nights: false, also: app =>
            {
                app.Services.AddKind(QuestionKind.Kind);
                app.Services.AddSingleton<IFunctionMetadataProvider>(
                    TestApp.Describing([typeof(RunQuestion), typeof(AnswerQuestion)], besides: new GeneratedFunctionMetadataProvider()));
            });
        await SmallCompany.FoundAsync(host, accounts: 0);
        var parser = new HtmlParser();
        var person = DataSubject.Stranger(host);

        var centre = parser.ParseDocument(await host.App.GetStringAsync(""));
        var link = Assert.Single(centre.QuerySelectorAll(".card a"), card => card.TextContent == QuestionKind.Kind.Words.FormTitle);
        Assert.Equal("/requests/question", link.GetAttribute("href"));
        var form = parser.ParseDocument(await host.App.GetStringAsync("requests/question"));
        Assert.Equal("/requests/question", form.QuerySelector("form")!.GetAttribute("action"));

        var reference = await person.AskAsync(right: "question");
        var open = await host.SingleAsync("?kind=question");
        Assert.Equal((reference, "awaitingConfirmation"), (open.GetProperty("reference").GetString(), open.GetProperty("status").GetString()));
        await person.ConfirmAsync("Please confirm your question");

        Assert.Contains("It is on page 42.", (await host.Outbox.ReceiveAsync(person.Address, "The answer to your question")).Text);
        var closed = await host.UntilAsync(reference, view => view.GetProperty("case").GetProperty("status").GetString() == "closed");
        Assert.Equal("answered", closed.GetProperty("case").GetProperty("outcome").GetString());
        Assert.True(closed.GetProperty("chain").GetProperty("intact").GetBoolean());
        Assert.Contains(
            closed.GetProperty("audit").EnumerateArray(),
            row => row.GetProperty("entry").GetProperty("fact") is var fact
                && fact.GetProperty("fact").GetString() == "answer-found" && fact.GetProperty("page").GetInt32() == 42);
    }
}
