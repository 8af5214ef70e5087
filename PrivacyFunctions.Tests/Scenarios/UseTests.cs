using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An objection to a use: its form, what is asked of the operators, and what happens when the weighing comes to the contrary.</summary>
[Clause("R-OBJECT")]
public class UseTests
{
    [Fact]
    public async Task Form_TellsTheUses_AndKeepsWhatWasEnteredWithAMistake()
    {
        var host = await ScenarioHost.SharedAsync();
        var parser = new HtmlParser();
        var form = parser.ParseDocument(await host.App.GetStringAsync("requests/use"));
        var sets = DataMapRegister.LoadEmbedded().OnLegitimateInterests.ToList();
        Assert.Equal(Objecting.Sets, sets.Select(set => set.Id.Value).Order(StringComparer.Ordinal));
        Assert.Equal(
            sets.Select(set => (set.Title, set.Basis.Interest)),
            form.QuerySelectorAll("dl dt").Select(title => (title.TextContent, (string?)title.NextElementSibling!.TextContent)));
        Assert.NotNull(form.QuerySelector("main a[href='/requests/objection']"));

        foreach (var (email, text, wrong) in new[]
        {
            ("nobody", Objecting.Reasons, "email"), ("a@example.org", "too short", "text"), ("a@example.org", "", "text"),
            ("a@example.org", new string('a', 4001), "text"),
        })
        {
            using var sent = await host.App.PostAsync("requests/use", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["email"] = email, ["text"] = text,
            }));
            Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
            var again = parser.ParseDocument(await sent.Content.ReadAsStringAsync());
            Assert.Equal($"#{wrong}", again.QuerySelector(".problem a")!.GetAttribute("href"));
            Assert.Equal(email, again.QuerySelector("#email")!.GetAttribute("value"));
            Assert.Equal(text, ((IHtmlTextAreaElement)again.QuerySelector("#text")!).Value);
        }
    }

    [Fact]
    public async Task Weighing_ThatIsNotCompleteOrOfNoObjection_ChangesNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync("the same", Objecting.Right, text: Objecting.Reasons);
        Assert.Equal(reference, await person.AskAsync("the same", Objecting.Right, text: Objecting.Reasons));
        Assert.Equal(HttpStatusCode.Conflict, (await host.WeighAsync(reference, "upheld")).Status); // nobody has proven the mailbox
        await person.ConfirmAsync(Objecting.Asks);
        await host.UntilItWaitsAsync(reference);

        foreach (var wrong in new object[]
        {
            new { }, new { outcome = "upheld" }, new { outcome = "upheld", explanation = " \n " }, new { explanation = "Because." },
            new { outcome = "Upheld", explanation = "Because." }, new { outcome = "1", explanation = "Because." },
            new { outcome = "partlyUpheld", explanation = "Because." }, new { outcome = "upheld", explanation = new string('a', 4001) },
            new { outcome = "upheld", explanation = "Because.", told = "no" }, new { outcome = "upheld", explanation = "Because.", by = "me" },
        })
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/weighing", wrong)).Status);
        var (decision, complaint) = (new { outcome = "upheld", explanation = "Because." }, await DataSubject.Stranger(host).ComplainAsync("This is a complaint."));
        foreach (var none in new[] { new string('0', 32), "nothing", complaint })
            Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{none}/weighing", decision)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.DecideAsync(reference, "upheld", "It is no complaint.")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/lifting/withdrawal")).Status);
        Assert.DoesNotContain("use-weighed", (await host.CaseAsync(reference)).Facts());
        Assert.Equal(1, await host.RowsAsync("privacyStatements", reference));
    }

    // Nobody decides on what they have not read, and the first decision stands.
    [Fact]
    [Clause("C-ACCESS")]
    public async Task Weighing_OfSomebodyWhoHasNotReadIt_IsRefused_AndTheFirstOneStands()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.ObjectAsync(host);
        var unread = await host.CallAsync(
            HttpMethod.Post, $"api/operator/cases/{reference}/weighing", new { outcome = "overridden", explanation = "Unseen." });
        Assert.Equal(HttpStatusCode.Conflict, unread.Status);

        foreach (var (outcome, explanation) in new[] { ("overridden", "The log shows attacks."), ("upheld", "Or not.") })
        {
            var (status, body) = await host.WeighAsync(reference, outcome, explanation);
            Assert.Equal((HttpStatusCode.OK, "overridden"), (status, body.GetProperty("outcome").GetString()));
        }

        var told = await host.Outbox.ReceiveAsync(person.Address, Objecting.Overridden);
        Assert.Contains("The log shows attacks.", told.Text);
        Assert.DoesNotContain("Or not.", told.Text);

        // Taken back, it is weighed again, and the person is told what it comes to then.
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/lifting/withdrawal")).Status);
        await host.UntilItWaitsAsync(reference);
        Assert.Equal("upheld", (await host.WeighAsync(reference, "upheld", "We looked again.")).Body.GetProperty("outcome").GetString());
        Assert.Contains("We looked again.", (await host.Outbox.ReceiveAsync(person.Address, Objecting.Upheld)).Text);
        await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Equal(Objecting.Each("Objection"), await host.HoldsOfAsync(reference));
    }

    [LocalFact("moves its clock", typeof(UseOnAnyHostTests))]
    [Clause("R-RESTRICT")]
    public async Task Objection_OfAPersonWithTwoAddresses_Overridden_IsLiftedAWeekAfterTheyWereTold()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        var newsletter = SentNewsletters.FreshName();
        await host.SubscribeAsync(second.Address, newsletter);
        var reference = await second.ObjectAsync(host);

        // They consented to the newsletter: it rests on no interest of ours, and goes on.
        Assert.Equal("sent", await host.MessageAsync(second.Address, $"newsletter:{newsletter}", "As ever"));
        var asked = await host.AskUseAsync(person.Address); // at their other address, too
        Assert.Equal(Objecting.Sets, asked.NotUsed);
        Assert.False(asked.NoAdvertising);
        foreach (var set in Objecting.Sets)
            Assert.Equal(
                HttpStatusCode.Conflict,
                (await host.CallAsync(HttpMethod.Post, "api/operator/holds/release", new { email = second.Address, id = $"request-{reference}-{set}" })).Status);

        await host.WeighAsync(reference, "overridden", "The log shows attacks.");
        var told = await host.Outbox.ReceiveAsync(second.Address, Objecting.Overridden);
        Assert.Contains("we begin again to use this data", told.Text!.ReplaceLineEndings(" "));
        await host.PassAsync(TimeSpan.FromDays(6.5));
        Assert.Equal(Objecting.Each("Restriction"), await host.HoldsOfAsync(reference));
        await host.PassAsync(TimeSpan.FromDays(2));
        var closed = await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Equal(
            ["received", "confirmation-asked", "confirmed", "use-stopped", "use-weighed", "lifting-announced", "restriction-lifted", "closed"],
            closed.Steps());
        Assert.True(closed.ChainIsIntact());
        Assert.Equal(Objecting.Each("released"), await host.HoldsOfAsync(reference));
        Assert.Empty((await host.AskUseAsync(person.Address)).NotUsed);
        Assert.False(await RecordsLook.HoldAsync(host.Storage, "shows attacks"));
    }

    // Kept while it is weighed, and then erased without being asked for again.
    [Fact]
    [Clause("R-ERASE")]
    public async Task Erasure_ThatWaitsForTheWeighing_GoesOnWhenThePersonIsRight()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.WriteAsync("companyUsage", id, "u-1", ("At", DateTimeOffset.UtcNow));
        var reference = await person.ObjectAsync(host);
        var erasure = await person.AskAsync(right: "erasure");
        await person.ConfirmAsync("Please confirm your request to erase");
        await host.ApproveWaitingPlanAsync(erasure);
        await host.UntilAsync(erasure, view => view.Status() == "closed");
        Assert.Equal((0, 1), (await host.RowsAsync("companyProfiles", id), await host.RowsAsync("companyUsage", id)));

        await host.WeighAsync(reference, "upheld");
        await host.UntilAsync(reference, view => view.Status() == "closed");

        // What each hold had kept goes on as a case of its own, and the directory with the last of them.
        await host.UntilAsync(async () =>
        {
            foreach (var waiting in await host.ReferencesAsync("?status=awaitingApproval&kind=erasure"))
                if (await ResumesAsync(host, waiting, erasure))
                    await host.ApproveWaitingPlanAsync(waiting);
            return await host.RowsAsync("companyUsage", id) == 0 && await host.RowsAsync("companyDirectory", DailySweeps.KeyOf(person.Address)) == 0;
        });
    }

    // The host is shared, and other tests damage cases of theirs.
    private static async Task<bool> ResumesAsync(ScenarioHost host, string reference, string erasure)
    {
        using var answer = await host.GetCaseAsync(reference, host.OperatorKey);
        return answer.IsSuccessStatusCode
            && (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("case").TryGetProperty("resumes", out var resumes)
            && resumes.GetString() == erasure;
    }

    // What is written to the mailbox now would reach somebody else.
    [Fact]
    [Clause("R-RESTRICT")]
    public async Task Outcome_OfAMailboxThatSomebodyElseHasByNow_IsLeftToAnOperator()
    {
        var host = await ScenarioHost.SharedAsync();
        foreach (var outcome in new[] { "overridden", "upheld" })
        {
            var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
            var reference = await person.ObjectAsync(host);
            await SmallCompany.ShareAsync(host, person.Address, (await SmallCompany.JoinAsPersonAsync(host)).Id);

            await host.WeighAsync(reference, outcome);
            var told = await host.Outbox.ReceiveAsync(ErasureMails.Officer, Objecting.CannotTell, about: [reference]);
            Assert.Contains("may be somebody else's by now", told.Text);
            await host.UntilAsync(reference, view => view.Status() == (outcome == "upheld" ? "restricted" : "awaitingDecision"));
            Assert.Equal(Objecting.Each(outcome == "upheld" ? "Objection" : "Restriction"), await host.HoldsOfAsync(reference));
            Assert.Empty(await host.Outbox.AllAsync(person.Address, outcome == "upheld" ? Objecting.Upheld : Objecting.Overridden));
        }
    }

    [Fact]
    [Clause("R-RESTRICT")]
    public async Task Outcome_OfAPersonWhomNoMailReaches_IsLeftToAnOperator()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var stranger = DataSubject.Stranger(host);
        var reference = await stranger.ObjectAsync(host);
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, Objecting.Waits, about: [reference]);

        await host.RefuseMailsAsync(next: 1, status: 400);
        await host.WeighAsync(reference, "overridden");
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, Objecting.CannotTell, about: [reference]);
        await host.UntilAsync(reference, view => view.Facts().Contains("lifting-withdrawn"));
        await host.PassAsync(TimeSpan.FromDays(10));
        Assert.Equal(Objecting.Each("Restriction"), await host.HoldsOfAsync(reference));

        await host.WeighAsync(reference, "overridden", told: "yes");
        await host.UntilAsync(reference, view => view.Facts().Contains("lifting-announced"));
        await host.PassAsync(TimeSpan.FromDays(9));
        await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Equal(Objecting.Each("released"), await host.HoldsOfAsync(reference));
        Assert.Empty(await host.Outbox.AllAsync(stranger.Address, Objecting.Overridden));
    }

    [LocalFact("moves its clock", typeof(UseOnAnyHostTests))]
    [Clause("L2")]
    public async Task Objection_ThatNobodyWeighs_IsToldToTheOfficer_AndCanBeExtended()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 1);
        var (first, second) = (DataSubject.Stranger(host), DataSubject.Stranger(host));
        var (reference, other) = (await first.ObjectAsync(host), await second.ObjectAsync(host));
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{other}/extension", new { reason = "complex" })).Status);
        Assert.Contains("by 2 June 2026", (await host.Outbox.ReceiveAsync(second.Address, "We need more time to answer you")).Text);

        await host.PassToAsync(new(2026, 4, 8, 12, 0, 0, TimeSpan.Zero)); // due on 2 April
        Assert.All(await host.Outbox.AllAsync(ErasureMails.Officer, "A case is due soon"), mail => Assert.Contains(reference, mail.Text));
        Assert.Equal(3, (await host.Outbox.AllAsync(ErasureMails.Officer, "A case is due soon")).Count);
        var overdue = Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, "A case is overdue"));
        Assert.Contains("an objection to a use", overdue.Text);

        await host.WeighAsync(reference, "upheld");
        await host.Outbox.ReceiveAsync(first.Address, Objecting.Upheld);
        await host.UntilAsync(reference, view => view.Status() == "closed");
    }

    // By hand, too: somebody objected by letter.
    [Fact]
    public async Task Hold_OfTheKindObjection_StopsTheUseAndKeepsNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var newsletter = SentNewsletters.FreshName();
        await host.SubscribeAsync(person.Address, newsletter);
        var hold = new { email = person.Address, id = $"o-{Guid.NewGuid():N}", kind = "objection", ground = "A letter.", owner = "dpo", reviewOn = "2100-01-31" };
        await host.OperateAsync("holds", hold);
        Assert.Equal("suppressed", await host.MessageAsync(person.Address, $"newsletter:{newsletter}", "Not now"));
        var account = await host.CallAsync(HttpMethod.Post, "api/operator/holds", new { account = "a-01", hold.id, hold.kind, hold.ground, hold.owner, hold.reviewOn });
        Assert.Equal(HttpStatusCode.BadRequest, account.Status);

        var erasure = await person.AskToEraseAsync();
        await host.ApproveWaitingPlanAsync(erasure);
        await host.UntilAsync(erasure, view => view.Status() == "closed");
        Assert.Equal(0, await host.RowsAsync("companyProfiles", id));
    }
}
