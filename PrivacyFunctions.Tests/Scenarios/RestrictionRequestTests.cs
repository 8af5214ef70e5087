using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;
using PrivacyFunctions.Callers;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A person's own request to restrict the use of their data, from its form until it is lifted.</summary>
[Clause("R-RESTRICT")]
public class RestrictionRequestTests
{
    private const string Right = "restriction";

    [Fact]
    public async Task Form_AsksForAGround_AndKeepsWhatWasEnteredWithoutOne()
    {
        var host = await ScenarioHost.SharedAsync();
        var parser = new HtmlParser();
        var form = parser.ParseDocument(await host.App.GetStringAsync("requests/restriction"));
        Assert.Equal(
            ["accuracy", "unlawful", "claims", "objection"],
            form.QuerySelectorAll("fieldset input[name=ground]").Select(input => input.GetAttribute("value")));
        Assert.All(form.QuerySelectorAll("fieldset input"), input => Assert.Equal("LABEL", input.ParentElement!.TagName));

        foreach (var ground in new[] { "", "curiosity" })
        {
            using var sent = await host.App.PostAsync("requests/restriction", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["email"] = "a@example.org", ["ground"] = ground,
            }));
            Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
            var again = parser.ParseDocument(await sent.Content.ReadAsStringAsync());
            Assert.Equal("a@example.org", again.QuerySelector("#email")!.GetAttribute("value"));
            Assert.Equal("#ground", again.QuerySelector(".problem a")!.GetAttribute("href"));
            Assert.Equal("INPUT", again.QuerySelector("#ground")!.TagName);
        }

        using var kept = await host.App.PostAsync("requests/restriction", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = "nobody", ["ground"] = "claims",
        }));
        var chosen = parser.ParseDocument(await kept.Content.ReadAsStringAsync()).QuerySelector("input[name=ground][checked]");
        Assert.Equal("claims", chosen!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("accuracy", true)]
    [InlineData("claims", false)]
    public async Task Restriction_OfDataThatIsWrong_AsksWhichDataThatIs(string ground, bool asks)
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync(right: Right, ground: ground);
        await person.ConfirmAsync();
        var mail = await host.Outbox.ReceiveAsync(person.Address, "We have restricted the use of your data");
        Assert.Equal(asks, mail.Text!.Contains("tell us which of your data is wrong", StringComparison.Ordinal));
        if (!asks) return;
        var link = new Uri(mail.Text.Split('\n').Select(line => line.Trim()).First(line => line.EndsWith("/message", StringComparison.Ordinal))).AbsolutePath.TrimStart('/');
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(link[..^"/message".Length], "My street is wrong."));
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/lifting", new { reason = "checked" })).Status); // unread
    }

    [LocalFact("moves its clock", typeof(RestrictionRequestTests))]
    public async Task Restriction_OfAPersonWithTwoAddresses_LastsUntilAWeekAfterTheyWereTold()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        var newsletter = SentNewsletters.FreshName();
        await host.SubscribeAsync(second.Address, newsletter);

        var reference = await person.AskAsync(right: Right, ground: "accuracy");
        Assert.Equal("sent", await host.MessageAsync(second.Address, $"newsletter:{newsletter}", "Nobody has confirmed it"));
        await person.ConfirmAsync();
        var told = await host.Outbox.ReceiveAsync(person.Address, Mails.Restricted);
        Assert.Contains("you think that some of it is wrong", told.Text);
        Assert.Equal("restricted", (await host.CaseAsync(reference)).Status());
        Assert.Equal("suppressed", await host.MessageAsync(second.Address, $"newsletter:{newsletter}", "Not now"));
        Assert.Equal("sent", await host.MessageAsync(second.Address, "transaction", "Your receipt"));
        var (notUsed, noAdvertising) = await host.AskUseAsync(second.Address);
        Assert.Superset(new HashSet<string> { "directory", "profiles", "newsletter-subscriptions" }, notUsed.ToHashSet());
        Assert.DoesNotContain(DataMapRegister.LoadEmbedded().DataSets.Where(set => set.Role is Role.Processor).Select(set => set.Id.Value), notUsed.Contains);
        Assert.True(noAdvertising);
        var later = await SmallCompany.AddAddressAsync(host, id); // proven today, and looked for among the holds tonight
        Assert.Contains("profiles", (await host.AskUseAsync(later.Address)).NotUsed);

        // The hold is the case's: only its case releases it, so that the person knows before.
        Assert.Equal(HttpStatusCode.Conflict, await ReleaseByHandAsync(host, person.Address, $"request-{reference}"));
        await host.PassAsync(TimeSpan.FromDays(60));
        Assert.Equal("suppressed", await host.MessageAsync(second.Address, $"newsletter:{newsletter}", "Still not"));

        Assert.Equal(HttpStatusCode.OK, (await LiftAsync(host, reference, new { reason = "checked" })).Status);
        var ends = await host.Outbox.ReceiveAsync(person.Address, Mails.LiftsRestriction);
        Assert.Contains("we have checked the data, and corrected it if it was wrong.", ends.Text);
        await host.PassAsync(TimeSpan.FromDays(6.5));
        Assert.Equal("suppressed", await host.MessageAsync(second.Address, $"newsletter:{newsletter}", "Not yet"));
        await host.PassAsync(TimeSpan.FromDays(2));
        var closed = await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Equal(
            ["received", "confirmation-asked", "confirmed", "restricted", "lifting-decided", "lifting-announced", "restriction-lifted", "closed"],
            closed.Steps());
        Assert.True(closed.ChainIsIntact());
        Assert.Equal("sent", await host.MessageAsync(second.Address, $"newsletter:{newsletter}", "Again"));
        Assert.Empty((await host.AskUseAsync(second.Address)).NotUsed);
        Assert.False(await RecordsLook.HoldAsync(host.Storage, person.Address));
    }

    [Fact]
    public async Task Lifting_OfWhatIsNotRestrictedOrWithoutAReason_ChangesNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var stranger = DataSubject.Stranger(host);
        var reference = await stranger.AskAsync(right: Right, ground: "claims");
        Assert.Equal(HttpStatusCode.Conflict, (await LiftAsync(host, reference, new { reason = "wished" })).Status);
        await stranger.ConfirmAsync();
        await host.UntilAsync(reference, view => view.Status() == "restricted");

        Assert.Equal(HttpStatusCode.Conflict, (await LiftAsync(host, reference, new { }, "lifting/withdrawal")).Status);
        foreach (var wrong in new object[] { new { }, new { reason = "bored" }, new { reason = "1" }, new { reason = "checked" }, new { reason = "wished", why = "it" }, new { reason = "wished", told = "no" } })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await LiftAsync(host, reference, wrong)).Status);
        var access = await DataSubject.Stranger(host).AskAsync();
        foreach (var none in new[] { new string('0', 32), "nothing", access })
            Assert.Equal(HttpStatusCode.NotFound, (await LiftAsync(host, none, new { reason = "wished" })).Status);
        Assert.DoesNotContain("lifting-decided", (await host.CaseAsync(reference)).Facts());

        // The first decision stands, however often one is sent.
        Assert.Equal("wished", (await LiftAsync(host, reference, new { reason = "wished" })).Body.GetProperty("reason").GetString());
        Assert.Equal("wished", (await LiftAsync(host, reference, new { reason = "claimOver" })).Body.GetProperty("reason").GetString());
        Assert.Single((await host.CaseAsync(reference)).Facts(), "lifting-decided");
        await host.Outbox.ReceiveAsync(stranger.Address, Mails.LiftsRestriction);

        // Taken back, it lasts, and can be decided again.
        Assert.Equal(HttpStatusCode.OK, (await LiftAsync(host, $"{reference}", new { }, "lifting/withdrawal")).Status);
        Assert.Equal(HttpStatusCode.OK, (await LiftAsync(host, reference, new { }, "lifting/withdrawal")).Status);
        Assert.Contains("We are looking into it once more", Assert.Single(await host.Outbox.AllAsync(stranger.Address, Mails.KeepsRestriction)).Text);
        await host.UntilAsync(reference, view => view.Status() == "restricted");
        Assert.Equal(HttpStatusCode.OK, (await LiftAsync(host, reference, new { reason = "claimOver" })).Status);
        await host.UntilAsync(async () => (await host.Outbox.AllAsync(stranger.Address, Mails.LiftsRestriction)).Count == 2);
    }

    [Fact]
    public async Task Use_AskedWithoutAnAddress_IsToldWhatIsMissing()
    {
        var host = await ScenarioHost.SharedAsync();
        foreach (var (wrong, words) in new (object, string)[]
        {
            (new { }, "Give an e-mail address"), (new { email = "nobody" }, "Give an e-mail address"),
            (new { email = "a@example.org", account = "10001" }, "account"),
        })
        {
            var (status, body) = await host.CallAsync(HttpMethod.Post, "api/use", wrong);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Contains(words, $"{body}", StringComparison.Ordinal);
        }
    }

    // Whoever enters somebody else's address as one of their own restricts nothing of theirs.
    [Fact]
    [Clause("L9")]
    public async Task Restriction_OfSomebodyWhoNamesAStrangersAddress_LeavesTheStrangerAlone()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var (stranger, newsletter) = (DataSubject.Stranger(host), SentNewsletters.FreshName());
        await SmallCompany.ShareAsync(host, stranger.Address, id, isProven: false);
        await host.SubscribeAsync(stranger.Address, newsletter);
        await host.SubscribeAsync(person.Address, newsletter);
        await person.AskAsync(right: Right, ground: "accuracy");
        await person.ConfirmAsync();
        var told = await host.Outbox.ReceiveAsync(person.Address, Mails.Restricted);
        Assert.DoesNotContain(stranger.Address, told.Text);

        Assert.Equal("suppressed", await host.MessageAsync(person.Address, $"newsletter:{newsletter}", "Not now"));
        Assert.Equal("sent", await host.MessageAsync(stranger.Address, $"newsletter:{newsletter}", "As ever"));
        Assert.NotEmpty((await host.AskUseAsync(person.Address)).NotUsed);
        Assert.Empty((await host.AskUseAsync(stranger.Address)).NotUsed);
    }

    // Months later: what is written to the mailbox now would reach somebody else.
    [Fact]
    public async Task Lifting_OfAMailboxThatSomebodyElseHasByNow_IsLeftToAnOperator()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync(right: Right, ground: "accuracy");
        await person.ConfirmAsync();
        await host.UntilAsync(reference, view => view.Status() == "restricted");
        var (_, other) = await SmallCompany.JoinAsPersonAsync(host);
        await SmallCompany.ShareAsync(host, person.Address, other);

        await LiftAsync(host, reference, new { reason = "checked" });
        var told = await host.Outbox.ReceiveAsync(
            ErasureMails.Officer, "A restriction stays because its person could not be told", about: [reference]);
        Assert.Contains("may be somebody else's by now", told.Text);
        var kept = await host.UntilAsync(reference, view => view.Facts().Contains("lifting-withdrawn"));
        Assert.Equal("restricted", kept.Status());
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Mails.LiftsRestriction));
    }

    // What they wrote may say why it has to last.
    [LocalFact("moves its clock", typeof(RestrictionRequestTests))]
    public async Task Lifting_WhenThePersonDisagreesAndNobodyReadsIt_DoesNotCome()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync(right: Right, ground: "accuracy");
        await person.ConfirmAsync();
        await host.Outbox.ReceiveAsync(person.Address, Mails.Restricted);
        await LiftAsync(host, reference, new { reason = "checked" });
        await host.Outbox.ReceiveAsync(person.Address, Mails.LiftsRestriction);
        var page = await person.PageAsync(host, Mails.Confirm);
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, "You checked the wrong account."));

        await host.PassAsync(TimeSpan.FromDays(9));
        var kept = await host.UntilAsync(reference, view => view.Facts().Contains("lifting-withdrawn"));
        Assert.Equal("restricted", kept.Status());
        Assert.Contains("You have written to us since then", (await host.Outbox.ReceiveAsync(person.Address, Mails.KeepsRestriction)).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await LiftAsync(host, reference, new { reason = "checked" })).Status);

        Assert.Equal(HttpStatusCode.OK, await host.ReadAsync(reference));
        Assert.Equal(HttpStatusCode.OK, (await LiftAsync(host, reference, new { reason = "checked" })).Status);
        await host.UntilAsync(reference, view => view.Facts().Count(fact => fact == "lifting-announced") == 2);
        await host.PassAsync(TimeSpan.FromDays(9));
        await host.UntilAsync(reference, view => view.Status() == "closed");
    }

    [LocalFact("moves its clock", typeof(RestrictionRequestTests))]
    public async Task Link_OfARestrictionThatLasts_LeadsToItsPageForAsLongAsItDoes()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync(right: Right, ground: "accuracy");
        await person.ConfirmAsync();
        await host.UntilAsync(reference, view => view.Status() == "restricted");
        var page = await person.PageAsync(host, Mails.Confirm);
        await host.PassAsync(TimeSpan.FromDays(400));
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, "It is still wrong."));

        Assert.Equal(HttpStatusCode.OK, await host.ReadAsync(reference));
        await LiftAsync(host, reference, new { reason = "checked" });
        await host.Outbox.ReceiveAsync(person.Address, Mails.LiftsRestriction);
        await host.PassAsync(TimeSpan.FromDays(9));
        await host.UntilAsync(reference, view => view.Status() == "closed");
        using var after = await host.App.GetAsync(page);
        Assert.Equal(HttpStatusCode.Gone, after.StatusCode);
    }

    // Kept while it lasts, prolonged by hand, and then erased without being asked for again.
    [LocalFact("moves its clock", typeof(RestrictionRequestTests))]
    [Clause("R-ERASE")]
    public async Task Erasure_ThatARestrictionStopped_GoesOnWhenItIsLifted()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync(right: Right, ground: "claims");
        await person.ConfirmAsync();
        await host.Outbox.ReceiveAsync(person.Address, Mails.Restricted);
        var erasure = await person.AskAsync(right: "erasure");
        await person.ConfirmAsync("Please confirm your request to erase");
        await host.ApproveWaitingPlanAsync(erasure);
        Assert.Contains("Its use is restricted", (await host.Outbox.ReceiveAsync(person.Address, ErasureMails.Stays)).Text);
        Assert.Equal(1, await host.RowsAsync("companyProfiles", id));
        await host.OperateAsync("holds", new
        {
            id = $"request-{reference}", kind = "restriction", ground = "Still in court.", owner = "op-1", reviewOn = "2099-01-01",
            email = person.Address,
        });

        await LiftAsync(host, reference, new { reason = "claimOver" });
        await host.Outbox.ReceiveAsync(person.Address, Mails.LiftsRestriction);
        await host.PassAsync(TimeSpan.FromDays(9));
        await host.UntilAsync(reference, view => view.Status() == "closed");
        await host.UntilAsync(async () => (await host.ReferencesAsync("?status=awaitingApproval")).Count == 1);
        await host.ApproveWaitingPlanAsync(Assert.Single(await host.ReferencesAsync("?status=awaitingApproval")));
        await host.Outbox.ReceiveAsync(person.Address, ErasureMails.Done);
        Assert.Equal(0, await host.RowsAsync("companyProfiles", id));
    }

    [Fact]
    public async Task Lifting_OfAPersonWhomNoMailReaches_IsLeftToAnOperator()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var stranger = DataSubject.Stranger(host);
        var reference = await stranger.AskAsync(right: Right, ground: "accuracy");
        await stranger.ConfirmAsync();
        await host.Outbox.ReceiveAsync(stranger.Address, Mails.Restricted);
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A person's data must not be used for now", about: [reference]);

        await host.RefuseMailsAsync(next: 1, status: 400);
        await LiftAsync(host, reference, new { reason = "checked" });
        await host.UntilAsync(reference, view => view.Facts().Contains("lifting-withdrawn"));
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A restriction stays because its person could not be told", about: [reference]);
        await host.PassAsync(TimeSpan.FromDays(30));
        Assert.Equal("restricted", (await host.CaseAsync(reference)).Status());

        await LiftAsync(host, reference, new { reason = "checked", told = "yes" });
        await host.UntilAsync(reference, view => view.Facts().Count(fact => fact == "lifting-announced") == 2);
        await host.PassAsync(TimeSpan.FromDays(9));
        await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Empty(await host.Outbox.AllAsync(stranger.Address, Mails.LiftsRestriction));
    }

    [Fact]
    public async Task Hold_WithTheIdOfARequest_CannotBePlacedByHand()
    {
        var host = await ScenarioHost.SharedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/operator/holds")
        {
            Content = JsonContent.Create(new
            {
                id = $"request-{Guid.NewGuid():N}", kind = "restriction", ground = "By hand.", owner = "op-1", reviewOn = "2099-01-01",
                email = DataSubject.Stranger(host).Address,
            }),
        };
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    [Clause("C-ACCESS")]
    public async Task Ground_ThatAPersonGave_IsInTheCopyOfTheirDataAndItsViewIsLogged()
    {
        var host = await ScenarioHost.SharedAsync();
        var stranger = DataSubject.Stranger(host);
        var reference = await stranger.AskAsync(right: Right, ground: "unlawful");
        await host.CaseAsync(reference);
        var row = (await new TableClient(host.Storage, "privacyCases").GetEntityAsync<TableEntity>(reference, "state")).Value;
        Assert.Equal("unlawful", row.GetString("Ground"));
        Assert.NotEqual(0, await host.RowsAsync("privacyViews", reference));
        Assert.DoesNotContain("unlawful", JsonSerializer.Serialize((await host.CaseAsync(reference)).GetProperty("audit")), StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> LiftAsync(
        ScenarioHost host, string reference, object body, string act = "lifting")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/operator/cases/{reference}/{act}") { Content = JsonContent.Create(body) };
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<HttpStatusCode> ReleaseByHandAsync(ScenarioHost host, string email, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/operator/holds/release") { Content = JsonContent.Create(new { email, id }) };
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        return answer.StatusCode;
    }
}
