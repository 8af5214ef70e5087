using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What of a person's corrections an operator decides, and what becomes of it.</summary>
[Clause("R-RECTIFY")]
public class RectificationDecisionTests
{
    [Fact]
    [Clause("C-MINIMUM")]
    public async Task Said_InOwnWords_IsDecidedByAnOperator()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var (reference, link) = await person.LookThroughAsync();
        var name = (await host.ValuesAsync(link)).Single(value => value.Value == Correcting.WrongName).Name;
        await person.SendAsync(link, new() { [name] = "Dana Wrong", ["statement"] = "The invoice p-1\r\nhas a wrong name. I paid by 4111 1111 1111 1111." });

        await host.Outbox.ReceiveAsync(ErasureMails.Officer, Correcting.Waits, about: [reference]);
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        Assert.Equal("Dana Wrong", await host.NameInAsync("companyProfiles", id, "profile")); // does not wait
        var said = (await host.CorrectionsAsync(reference)).Single(one => one.GetProperty("state").GetString() == "awaitsDecision");
        Assert.Equal("The invoice p-1\nhas a wrong name. I paid by …1111.", said.GetProperty("after").GetString());

        var number = said.GetProperty("number").ToString();
        foreach (var wrong in new object[]
            {
                new { }, new { decision = "maybe" }, new { decision = "refuse" }, new { decision = "refuse", reason = "Right" },
                new { decision = "accept", reason = "right" }, new { decision = "accept", why = "it" }, new { decision = "done", reason = "right" },
                new { decision = "done", dataSets = "payments invoices" }, new { decision = "refuse", reason = "right", dataSets = "payments" },
            })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await host.DecideAsync(reference, number, wrong));
        Assert.Equal(HttpStatusCode.Conflict, await host.DecideAsync(reference, number, new { decision = "accept" })); // no program understands it
        foreach (var none in new[] { "0", "99", "x", "01" })
            Assert.Equal(HttpStatusCode.NotFound, await host.DecideAsync(reference, none, new { decision = "accept" }));
        foreach (var none in new[] { new string('0', 32), "x", await person.AskAsync() })
            Assert.Equal(HttpStatusCode.NotFound, await host.DecideAsync(none, number, new { decision = "accept" }));

        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, number, new { decision = "refuse", reason = "ofItsTime" }));
        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, number, new { decision = "done" })); // the first decision stands
        var told = await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected);
        Assert.Contains("It says what was so at the time", told.Text);
        Assert.Contains("complain", told.Text);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Single(view.Facts(), "correction-refused");
        Assert.DoesNotContain("corrected-by-hand", view.Facts());
        Assert.DoesNotContain("invoice p-1", $"{view}");
    }

    // A legal claim may need what stands there: nobody takes it away without a decision.
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Fields_UnderALegalHold_StayUntilAnOperatorDecidesAboutEach()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        foreach (var set in new[] { "profiles", "event-registrations" })
            await host.OperateAsync("holds", new
            {
                email = person.Address, id = $"claim-{set}-{id}", kind = "legal", dataSet = set, ground = "A claim is pending.", owner = "legal-team",
                reviewOn = "2030-01-01",
            });
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { [(await host.ValuesAsync(link)).Single(value => value.Value == Correcting.WrongName).Name] = "Dana Wrong" });
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        var key = DailySweeps.KeyOf(person.Address);
        Assert.Equal(Correcting.WrongName, await host.NameInAsync("companyProfiles", id, "profile"));
        Assert.Equal(Correcting.WrongName, await host.NameInAsync("companyEventRegistrations", key, "r-1"));
        Assert.Contains("Dana Wrong", (await host.Ticket(person.Address).DownloadContentAsync()).Value.Content.ToString());

        var held = (await host.CorrectionsAsync(reference)).Where(one => one.GetProperty("state").GetString() == "awaitsDecision").ToList();
        Assert.All(held, one => Assert.Equal("legalHold", one.GetProperty("why").GetString()));
        var numbers = held.ToDictionary(one => one.GetProperty("dataSet").GetString()!, one => one.GetProperty("number").ToString());
        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, numbers["profiles"], new { decision = "accept" }));
        await host.UntilAsync(async () => await host.NameInAsync("companyProfiles", id, "profile") == "Dana Wrong");
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Correcting.Corrected)); // not before all is decided
        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, numbers["event-registrations"], new { decision = "refuse", reason = "legalClaim" }));
        await host.UntilAsync(reference, found => found.Status() == "closed");
        var told = await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected);
        Assert.Contains("Not corrected: Name (Events you registered for). It has to stay as it is", told.Text);
        Assert.Equal(Correcting.WrongName, await host.NameInAsync("companyEventRegistrations", key, "r-1"));
    }

    // The hold on an account protects what its owner has, too.
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Profile_OfTheOwnerOfAHeldAccount_StaysUntilAnOperatorDecides()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = Assert.Single(await SmallCompany.JoinAsync(host, accounts: 1));
        await host.OperateAsync("holds", new
        {
            account = owner.Account, id = $"claim-{owner.Account}", kind = "legal", ground = "A claim is pending.", owner = "legal-team", reviewOn = "2030-01-01",
        });
        var person = new DataSubject(host, owner.Address);
        var (reference, link) = await person.LookThroughAsync();
        var name = (await host.ValuesAsync(link)).First(value => value.Title == "Name");
        await person.SendAsync(link, new() { [name.Name] = "Renamed" });
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        Assert.Contains("legalHold", $"{(await host.CorrectionsAsync(reference))[0]}");
    }

    // What no program can read, a person sees to; the rest does not wait for it.
    [Fact]
    public async Task Document_ThatCannotBeWritten_WaitsForAnOperatorAndTheRestIsMade()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        await host.Ticket(person.Address).UploadAsync(new BinaryData($$"""{"Name":"{{Correcting.WrongName}}","A":1,"A":2}"""), overwrite: true);
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { [(await host.ValuesAsync(link)).Single(value => value.Value == Correcting.WrongName).Name] = "Dana Wrong" });
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        Assert.Equal("Dana Wrong", await host.NameInAsync("companyProfiles", id, "profile"));
        var broken = (await host.CorrectionsAsync(reference)).Single(one => one.GetProperty("state").GetString() == "awaitsDecision");
        Assert.Equal("cannotBeMade", broken.GetProperty("why").GetString());
        Assert.Equal(
            HttpStatusCode.OK,
            await host.DecideAsync(reference, broken.GetProperty("number").ToString(), new { decision = "done", dataSets = "support-conversations" }));
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Contains("Name (Your conversations with our support)", (await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected)).Text);
    }

    // What an operator corrects by hand is told to whoever had it, too.
    [Fact]
    [Clause("C-RECIPIENTS")]
    public async Task Said_CorrectedByHand_IsToldToThePersonAndTheRecipients()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { ["statement"] = "My invoice has a wrong name." });
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, "1", new { decision = "done", dataSets = "payments, profiles" }));
        var told = await host.Outbox.ReceiveAsync(person.Address, Correcting.Corrected);
        Assert.Contains("corrected something in: Your payments; Your account and profile", told.Text);
        Assert.Contains("Sample Resellers Ltd", told.Text);
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "Please tell the recipients of a correction", about: [reference]);
    }

    // The mailbox has come to somebody else: nothing of theirs is touched, and nobody is told whose it was.
    [Fact]
    [Clause("L9")]
    public async Task Mailbox_ThatCameToSomebodyElse_IsNotWrittenToAndTheirDataStays()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var (reference, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { ["statement"] = "I am not called that." });
        await host.UntilAsync(reference, found => found.Status() == "awaitingDecision");
        var heir = $"{id}-heir";
        await SmallCompany.ShareAsync(host, person.Address, heir);
        await SmallCompany.LeaveAsync(host, person.Address, id);

        Assert.Equal(HttpStatusCode.OK, await host.DecideAsync(reference, "1", new { decision = "done" }));
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A person cannot be told what was corrected", about: [reference]);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/told")).Status);
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Correcting.Answered));

        // What the one before said is none of their answer.
        await person.AskAsync();
        await person.ConfirmAsync("Please confirm your request for your personal data");
        Assert.DoesNotContain("I am not called that", (await person.DownloadAsync()).Everything);
    }
}
