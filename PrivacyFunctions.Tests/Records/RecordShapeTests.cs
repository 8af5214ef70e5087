using System.Text.Json;
using System.Text.Json.Nodes;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.ByPost.Model;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Objection.Model;
using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Requests.Use.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Records;

/// <summary>
/// The shapes that lie in tables and histories. A published one stays readable for ever: the text of an audit row is what its
/// hash covers, and a waiting orchestration keeps the input it was started with.
/// </summary>
public class RecordShapeTests
{
    // As the Functions worker reads and writes what travels between orchestrators and activities.
    private static readonly JsonSerializerOptions Worker = new() { PropertyNameCaseInsensitive = true };

    private static readonly CaseId Id = CaseId.Parse("00112233445566778899aabbccddeeff");
    private static readonly AccountId Account = AccountId.Parse("a-01");
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
    private static readonly DueDate Due = new(new(2026, 4, 2), new(2026, 4, 2), "L1");

    public static TheoryData<CaseFact, string> Facts => new()
    {
        { new CaseFact.Received(CaseKind.Access, "form", Due, "c0"), """{"fact":"received","kind":"access","channel":"form","due":{"on":"2026-04-02","target":"2026-04-02","trace":"L1"},"subjectCommitment":"c0"}""" },
        { new CaseFact.Received(CaseKind.Access, "letter", Due, "c0") { ReceivedOn = new(2026, 3, 2) }, """{"fact":"received","kind":"access","channel":"letter","due":{"on":"2026-04-02","target":"2026-04-02","trace":"L1"},"subjectCommitment":"c0","receivedOn":"2026-03-02"}""" },
        { new CaseFact.Received(CaseKind.Access, "form", Due, "c0") { AskedByAgent = true }, """{"fact":"received","kind":"access","channel":"form","due":{"on":"2026-04-02","target":"2026-04-02","trace":"L1"},"subjectCommitment":"c0","askedByAgent":true}""" },
        { new CaseFact.ReceivedEarlier(Id, new(2026, 3, 2), Due), """{"fact":"received-earlier","from":"00112233445566778899aabbccddeeff","receivedOn":"2026-03-02","due":{"on":"2026-04-02","target":"2026-04-02","trace":"L1"}}""" },
        { new CaseFact.DueExtended(ExtensionReason.ManyRequests, Due, "op-7"), """{"fact":"due-extended","reason":"manyRequests","due":{"on":"2026-04-02","target":"2026-04-02","trace":"L1"},"operator":"op-7"}""" },
        { new CaseFact.DueExtended(ExtensionReason.Complex, Due, "op-7") { LetterPostedOn = new(2026, 3, 20) }, """{"fact":"due-extended","reason":"complex","due":{"on":"2026-04-02","target":"2026-04-02","trace":"L1"},"operator":"op-7","letterPostedOn":"2026-03-20"}""" },
        { new CaseFact.LinkedToOpenCase(Id), """{"fact":"linked-to-open-case","other":"00112233445566778899aabbccddeeff"}""" },
        { new CaseFact.Repeats(Id), """{"fact":"repeats","first":"00112233445566778899aabbccddeeff"}""" },
        { new CaseFact.StatementAdded(Id), """{"fact":"statement-added","from":"00112233445566778899aabbccddeeff"}""" },
        { new CaseFact.MessageReceived("ab12", new(2026, 3, 12)), """{"fact":"message-received","name":"ab12","on":"2026-03-12"}""" },
        { new CaseFact.MessageReceived("ab12", new(2026, 3, 12)) { Paused = new(8, Due, new(2026, 4, 1)) }, """{"fact":"message-received","name":"ab12","on":"2026-03-12","paused":{"days":8,"due":{"on":"2026-04-02","target":"2026-04-02","trace":"L1"},"without":"2026-04-01"}}""" },
        { new ErasureFact.PlanApprovedFirst("ab", "op-7"), """{"fact":"plan-approved-first","hash":"ab","operator":"op-7"}""" },
        { new ErasureFact.PlanRefused("ab", "op-7"), """{"fact":"plan-refused","hash":"ab","operator":"op-7"}""" },
        { new CaseFact.Assigned("op-8", "op-7"), """{"fact":"assigned","to":"op-8","operator":"op-7"}""" },
        { new CaseFact.Commented("c1", "op-7"), """{"fact":"commented","name":"c1","operator":"op-7"}""" },
        { new CaseFact.Assigned(null, "op-7"), """{"fact":"assigned","operator":"op-7"}""" },
        { new CaseFact.RequestRefused("Excessive", "AskedBefore ShortInterval", "ab12", "op-7"), """{"fact":"request-refused","ground":"Excessive","evidence":"AskedBefore ShortInterval","explanation":"ab12","operator":"op-7"}""" },
        { new ComplaintFact.Decided(ComplaintFinding.Upheld, "op-7", "0a") { Reopens = Id }, """{"fact":"complaint-decided","finding":"upheld","operator":"op-7","explanation":"0a","reopens":"00112233445566778899aabbccddeeff"}""" },
        { new CaseFact.MessageSent("ab12", new(2026, 3, 5), true, "op-7"), """{"fact":"message-sent","name":"ab12","on":"2026-03-05","asks":true,"operator":"op-7"}""" },
        { new CaseFact.MessagesRead(2, "op-7"), """{"fact":"messages-read","number":2,"operator":"op-7"}""" },
        { new CaseFact.QuestionOver(new(2026, 3, 12), "op-7"), """{"fact":"question-over","on":"2026-03-12","operator":"op-7"}""" },
        { new CaseFact.RecipientsToTell("Erased", new(2026, 3, 12), ["profiles"], ["reseller"]), """{"fact":"recipients-to-tell","act":"Erased","on":"2026-03-12","dataSets":["profiles"],"recipients":["reseller"]}""" },
        { new CaseFact.RecipientTold("Erased", "reseller", new(2026, 3, 12), "Mail"), """{"fact":"recipient-told","act":"Erased","recipient":"reseller","on":"2026-03-12","way":"Mail"}""" },
        { new CaseFact.RecipientTold("Erased", "reseller", new(2026, 3, 12), "Mail") { Corrects = true }, """{"fact":"recipient-told","act":"Erased","recipient":"reseller","on":"2026-03-12","way":"Mail","corrects":true}""" },
        { new CaseFact.RecipientAnswered("Erased", "reseller", new(2026, 3, 14), "NothingHeld"), """{"fact":"recipient-answered","act":"Erased","recipient":"reseller","on":"2026-03-14","answer":"NothingHeld"}""" },
        { new CaseFact.RecipientAnswered("Erased", "reseller", new(2026, 3, 14), "Done") { Corrects = true }, """{"fact":"recipient-answered","act":"Erased","recipient":"reseller","on":"2026-03-14","answer":"Done","corrects":true}""" },
        { new CaseFact.RecipientsLate("Erased", ["azure"], []), """{"fact":"recipients-late","act":"Erased","untold":["azure"],"unanswered":[]}""" },
        { new PortabilityFact.TransmissionAsked("ab12", new(2026, 3, 12)), """{"fact":"transmission-asked","name":"ab12","on":"2026-03-12"}""" },
        { new PortabilityFact.TransmissionStopped("ab", new(2026, 3, 2)), """{"fact":"transmission-stopped","name":"ab","on":"2026-03-02"}""" },
        { new PortabilityFact.TransmissionHandedOver("ab12", new(2026, 3, 14), "5a"), """{"fact":"transmission-handed-over","name":"ab12","on":"2026-03-14","sha256":"5a"}""" },
        { new CaseFact.ConfirmationAsked(), """{"fact":"confirmation-asked"}""" },
        { new CaseFact.Confirmed(), """{"fact":"confirmed"}""" },
        { new CaseFact.Confirmed { Proof = Proofs.SignIn }, """{"fact":"confirmed","proof":"signIn"}""" },
        { new CaseFact.IdentityDoubted("NewMailbox", "op-7"), """{"fact":"identity-doubted","ground":"NewMailbox","operator":"op-7"}""" },
        { new CaseFact.DoubtEnded(true, "op-7"), """{"fact":"doubt-ended","isIdentified":true,"operator":"op-7"}""" },
        { new CaseFact.NotIdentified(), """{"fact":"not-identified"}""" },
        { new CaseFact.NotIdentified { DaysLate = 3 }, """{"fact":"not-identified","daysLate":3}""" },
        { new CaseFact.AttentionNeeded("PackageExport"), """{"fact":"attention-needed","step":"PackageExport"}""" },
        { new CaseFact.AttentionOver("PackageExport"), """{"fact":"attention-over","step":"PackageExport"}""" },
        { new CaseFact.AttentionNeeded("PackageExport") { Scope = "PackageExport-3" }, """{"fact":"attention-needed","step":"PackageExport","scope":"PackageExport-3"}""" },
        { new CaseFact.AttentionOver("PackageExport") { Scope = "PackageExport-3" }, """{"fact":"attention-over","step":"PackageExport","scope":"PackageExport-3"}""" },
        { new CaseFact.PauseAsked(), """{"fact":"pause-asked"}""" },
        { new CaseFact.ResumeAsked(), """{"fact":"resume-asked"}""" },
        { new CaseFact.RestartAsked(), """{"fact":"restart-asked"}""" },
        { new CaseFact.WorkflowRestarted(), """{"fact":"workflow-restarted"}""" },
        { new CaseFact.MailRefused("confirmation"), """{"fact":"mail-refused","mail":"confirmation"}""" },
        { new CaseFact.AnswerUntold("erased"), """{"fact":"answer-untold","mail":"erased"}""" },
        { new CaseFact.PersonTold("op-7"), """{"fact":"person-told","operator":"op-7"}""" },
        { new CaseFact.Gathered(13, 26), """{"fact":"gathered","dataSets":13,"records":26}""" },
        { new CaseFact.ExportOffered(At, "ab", 1000), """{"fact":"export-offered","until":"2026-03-02T09:00:00+00:00","sha256":"ab","bytes":1000}""" },
        { new CaseFact.ExportOpened(), """{"fact":"export-opened"}""" },
        { new CaseFact.ExportDeleted(), """{"fact":"export-deleted"}""" },
        { new TerminationFact.TerminationRequested(TerminationBy.Owner, Account, "form", "c0"), """{"fact":"termination-requested","by":"owner","account":"a-01","channel":"form","subjectCommitment":"c0"}""" },
        { new TerminationFact.TerminationRequested(TerminationBy.Company, Account, "operator", null) { EnteredFirstBy = "op-7" }, """{"fact":"termination-requested","by":"company","account":"a-01","channel":"operator","enteredFirstBy":"op-7"}""" },
        { new TerminationFact.Terminated(TerminationClock.Plan(new(2026, 4, 1), 14, 30), new(At, At, At)), """{"fact":"terminated","dates":{"terminatedOn":"2026-04-01","undoOn":"2026-04-15","purgeOn":"2026-06-24","deadline":"2026-07-01","trace":"L8: terminated 2026-04-01, to be undone until 2026-04-15; deadline \u002B 3 months = 2026-07-01; purge on 2026-06-24: 7 days before the deadline, as the next cleanup is on 2026-07-01"},"instants":{"undoUntil":"2026-03-02T09:00:00+00:00","purgeFrom":"2026-03-02T09:00:00+00:00","purgeBy":"2026-03-02T09:00:00+00:00"}}""" },
        { new TerminationFact.Terminated(TerminationClock.Plan(new(2026, 4, 1), 14, 30), new(At, At, At)) { AccountSince = At }, """{"fact":"terminated","dates":{"terminatedOn":"2026-04-01","undoOn":"2026-04-15","purgeOn":"2026-06-24","deadline":"2026-07-01","trace":"L8: terminated 2026-04-01, to be undone until 2026-04-15; deadline \u002B 3 months = 2026-07-01; purge on 2026-06-24: 7 days before the deadline, as the next cleanup is on 2026-07-01"},"instants":{"undoUntil":"2026-03-02T09:00:00+00:00","purgeFrom":"2026-03-02T09:00:00+00:00","purgeBy":"2026-03-02T09:00:00+00:00"},"accountSince":"2026-03-02T09:00:00+00:00"}""" },
        { new TerminationFact.OwnershipRefused(), """{"fact":"ownership-refused"}""" },
        { new TerminationFact.TerminationUndone(), """{"fact":"termination-undone"}""" },
        { new TerminationFact.UndoOver(Id), """{"fact":"undo-over","erasure":"00112233445566778899aabbccddeeff"}""" },
        { new TerminationFact.PurgeBegun(), """{"fact":"purge-begun"}""" },
        { new TerminationFact.DataSetPurged("service-files", 3), """{"fact":"data-set-purged","dataSet":"service-files","items":3}""" },
        { new CaseFact.DataSetHeld("service-files", "claims", "legal", new(2026, 9, 1)), """{"fact":"data-set-held","dataSet":"service-files","ground":"claims","owner":"legal","reviewOn":"2026-09-01"}""" },
        { new TerminationFact.PurgeEscalated(new(2026, 7, 1)), """{"fact":"purge-escalated","deadline":"2026-07-01"}""" },
        { new TerminationFact.Purged(At), """{"fact":"purged","at":"2026-03-02T09:00:00+00:00"}""" },
        { new TerminationFact.PurgeDeferred(PurgeForerunner.AccessRequest, At), """{"fact":"purge-deferred","for":"accessRequest","until":"2026-03-02T09:00:00+00:00"}""" },
        { new TerminationFact.NumberReused(At), """{"fact":"number-reused","since":"2026-03-02T09:00:00+00:00"}""" },
        { new TerminationFact.NothingCameBack(), """{"fact":"nothing-came-back"}""" },
        { new TerminationFact.LeftoversFound("service-files", 2), """{"fact":"leftovers-found","dataSet":"service-files","items":2}""" },
        { new TerminationFact.BackupsEmpty(new(2026, 7, 1), "ab"), """{"fact":"backups-empty","opened":"2026-07-01","manifest":"ab"}""" },
        { new ErasureFact.IdentifiersCaptured(1), """{"fact":"identifiers-captured","persons":1}""" },
        { new ErasureFact.PlanMade("ab", 3, 2, 1), """{"fact":"plan-made","hash":"ab","erase":3,"anonymise":2,"retain":1}""" },
        { new ErasureFact.PlanChanged("ab", 3, 2, 1), """{"fact":"plan-changed","hash":"ab","erase":3,"anonymise":2,"retain":1}""" },
        { new ErasureFact.PlanApproved("ab", "op-7"), """{"fact":"plan-approved","hash":"ab","operator":"op-7"}""" },
        { new ErasureFact.ErasureBegun("ab"), """{"fact":"erasure-begun","hash":"ab"}""" },
        { new ErasureFact.DataSetErased("forum-posts", ErasureFate.Anonymise, 4), """{"fact":"data-set-erased","dataSet":"forum-posts","fate":"anonymise","items":4}""" },
        { new ErasureFact.Rescanned("ab", 0, 5), """{"fact":"rescanned","hash":"ab","residue":0,"kept":5}""" },
        { new ErasureFact.ErasureEscalated(new(2026, 4, 2)), """{"fact":"erasure-escalated","due":"2026-04-02"}""" },
        { new ErasureFact.ErasureResumed(Id, "h-1"), """{"fact":"erasure-resumed","earlier":"00112233445566778899aabbccddeeff","hold":"h-1"}""" },
        { new ObjectionFact.MarketingStopped(At), """{"fact":"marketing-stopped","at":"2026-03-02T09:00:00+00:00"}""" },
        { new RectificationFact.DataShown(At), """{"fact":"data-shown","until":"2026-03-02T09:00:00+00:00"}""" },
        { new RectificationFact.CorrectionsSent("k1", [new(1, "profiles", "Name", "c1"), new(2, null, null, "c2")]), """{"fact":"corrections-sent","submission":"k1","corrections":[{"number":1,"dataSet":"profiles","field":"Name","commitment":"c1"},{"number":2,"commitment":"c2"}]}""" },
        { new RectificationFact.NothingSent(), """{"fact":"nothing-sent"}""" },
        { new RectificationFact.DecisionNeeded(2, DecisionNeed.OwnWords), """{"fact":"correction-needs-decision","number":2,"why":"ownWords"}""" },
        { new RectificationFact.DoneByHand(2, "payments", "op-7"), """{"fact":"corrected-by-hand","number":2,"dataSets":"payments","operator":"op-7"}""" },
        { new RectificationFact.Corrected(1, 3), """{"fact":"corrected","number":1,"records":3}""" },
        { new RectificationFact.NotFound(1), """{"fact":"correction-not-found","number":1}""" },
        { new RectificationFact.Accepted(2, "op-7"), """{"fact":"correction-accepted","number":2,"operator":"op-7"}""" },
        { new RectificationFact.Refused(2, CorrectionRefusal.OfItsTime, "op-7"), """{"fact":"correction-refused","number":2,"reason":"ofItsTime","operator":"op-7"}""" },
        { new RestrictionFact.Restricted(At), """{"fact":"restricted","at":"2026-03-02T09:00:00+00:00"}""" },
        { new RestrictionFact.LiftingDecided("op-7", true), """{"fact":"lifting-decided","operator":"op-7","isToldByHand":true}""" },
        { new RestrictionFact.LiftingWithdrawn("not-told"), """{"fact":"lifting-withdrawn","why":"not-told"}""" },
        { new RestrictionFact.LiftingAnnounced(new(2026, 3, 10), At), """{"fact":"lifting-announced","on":"2026-03-10","at":"2026-03-02T09:00:00+00:00"}""" },
        { new RestrictionFact.Lifted(At), """{"fact":"restriction-lifted","at":"2026-03-02T09:00:00+00:00"}""" },
        { new UseFact.UseStopped(At, "usage-log forum-posts"), """{"fact":"use-stopped","at":"2026-03-02T09:00:00+00:00","dataSets":"usage-log forum-posts"}""" },
        { new UseFact.Weighed(Weighing.Overridden, "op-7", false, "0a"), """{"fact":"use-weighed","outcome":"overridden","operator":"op-7","isToldByHand":false,"explanation":"0a"}""" },
        { new UseFact.UpheldTold(At), """{"fact":"use-upheld-told","at":"2026-03-02T09:00:00+00:00"}""" },
        { new ComplaintFact.Acknowledged(At), """{"fact":"complaint-acknowledged","at":"2026-03-02T09:00:00+00:00"}""" },
        { new ComplaintFact.Decided(ComplaintFinding.PartlyUpheld, "op-7", "0a"), """{"fact":"complaint-decided","finding":"partlyUpheld","operator":"op-7","explanation":"0a"}""" },
        { new ComplaintFact.FindingTold(At), """{"fact":"complaint-finding-told","at":"2026-03-02T09:00:00+00:00"}""" },
        { new PostalFact.Entered(CaseKind.Access), """{"fact":"postal-request-entered","right":"access"}""" },
        { new PostalFact.Answered(PostalAnswer.NotIdentified, new(2026, 3, 20), "op-7"), """{"fact":"answered-by-post","answer":"notIdentified","on":"2026-03-20","operator":"op-7"}""" },
        { new PostalFact.Answered(PostalAnswer.Refused, new(2026, 3, 20), "op-7") { Ground = RefusalGround.Excessive, Evidence = "AskedBefore ShortInterval" }, """{"fact":"answered-by-post","answer":"refused","on":"2026-03-20","operator":"op-7","ground":"excessive","evidence":"AskedBefore ShortInterval"}""" },
        { new PostalFact.GoesOn(Id, "op-7"), """{"fact":"postal-request-goes-on","as":"00112233445566778899aabbccddeeff","operator":"op-7"}""" },
        { new CaseFact.Closed(CaseOutcome.Answered), """{"fact":"closed","outcome":"answered"}""" },
    };

    [Theory]
    [MemberData(nameof(Facts))]
    public void Fact_IsWrittenAndReadAsPublished(CaseFact fact, string text)
    {
        Assert.Equal(text, Kinds.Json.Write(fact));
        Assert.Equal(fact, Kinds.Json.Read<CaseFact>(text));
    }

    [Fact]
    public void Facts_EveryKind_HasASnapshot() => Assert.Equal(
        Kinds.All.All.Select(kind => kind.Facts).OfType<Type>().Append(typeof(CaseFact)).SelectMany(facts => facts.GetNestedTypes())
            .Select(fact => fact.Name).Order(),
        Facts.Select(row => row[0].GetType().Name).Distinct().Order());

    [Fact]
    public void AuditEntry_IsWrittenAsPublished() => Assert.Equal(
        """{"at":"2026-03-02T09:00:00+00:00","actor":"subject","command":"confirm","fact":{"fact":"confirmed"}}""",
        Kinds.Json.Write(new AuditEntry(At, Actors.Subject, "confirm", new CaseFact.Confirmed())));

    [Fact]
    public void Case_IsWrittenAndReadAsPublished()
    {
        const string Text =
            """{"id":"00112233445566778899aabbccddeeff","kind":"access","receivedAt":"2026-03-02T09:00:00+00:00","due":{"on":"2026-04-02","target":"2026-04-02","trace":"L1"},"plan":{"clock":{"anchor":"1970-01-01T00:00:00+00:00","pace":1},"confirmationWindow":"14.00:00:00","resumeWindow":"30.00:00:00","exportLifetime":"14.00:00:00"},"status":"offered","outcome":"none","offeredUntil":"2026-03-02T09:00:00+00:00","exportDeleted":false,"confirmBy":"2026-03-16T09:00:00+00:00","resumeBy":"2026-04-15T09:00:00+00:00"}""";
        var @case = new AccessRequest
        {
            Id = Id,
            Kind = CaseKind.Access,
            ReceivedAt = At,
            Due = Due,
            Plan = Plan,
            Status = CaseStatus.Offered,
            OfferedUntil = At,
        };
        // The order of members is free: nothing hashes a state row.
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Text), JsonNode.Parse(RecordJson.Write(@case))), RecordJson.Write(@case));
        Assert.Equal(@case, Kinds.Json.ReadState("Access", Text));
    }

    // What a package is offered by is the same: only the kind tells the two apart.
    [Fact]
    public void Case_OfPortability_IsWrittenAndReadAsOneOfAccessUnderItsOwnKind()
    {
        var portability = new PortabilityRequest { Id = Id, Kind = CaseKind.Portability, ReceivedAt = At, Due = Due, Plan = Plan };
        var access = new AccessRequest { Id = Id, Kind = CaseKind.Access, ReceivedAt = At, Due = Due, Plan = Plan };
        var text = RecordJson.Write(portability);
        Assert.Contains("\"kind\":\"portability\"", text, StringComparison.Ordinal);
        Assert.Equal(RecordJson.Write(access), text.Replace("portability", "access", StringComparison.Ordinal));
        Assert.Equal(portability, Kinds.Json.ReadState("Portability", text));
    }

    [Fact]
    public void Case_OfPortabilityWithTransmissions_IsWrittenAndReadWithThem()
    {
        var transmitted = new PortabilityRequest { Id = Id, Kind = CaseKind.Portability, ReceivedAt = At, Due = Due, Plan = Plan }
            .Apply(new PortabilityFact.TransmissionAsked("ab12", new(2026, 3, 12)), At)
            .Apply(new PortabilityFact.TransmissionAsked("cd34", new(2026, 3, 12)), At)
            .Apply(new PortabilityFact.TransmissionHandedOver("cd34", new(2026, 3, 14), "5a"), At);
        var text = RecordJson.Write((PortabilityRequest)transmitted);
        Assert.StartsWith("""{"transmissions":[{"name":"ab12","askedOn":"2026-03-12"},{"name":"cd34","askedOn":"2026-03-12","handedOverOn":"2026-03-14"}],""", text, StringComparison.Ordinal);
        Assert.Equal(text, RecordJson.Write((PortabilityRequest)Kinds.Json.ReadState("Portability", text)));
    }

    // As what it is not, it could be carried on by the wrong procedure.
    [Theory]
    [InlineData("Transmission")]
    [InlineData("no kind")]
    public void Case_OfAKindThatIsNotKnown_IsRefused(string kind) =>
        Assert.Throws<JsonException>(() => Kinds.Json.ReadState(kind, "{}"));

    [Fact]
    public void Fact_ThatIsNotKnown_IsShownAsItWasWritten()
    {
        const string Text = """{"at":"2026-03-02T09:00:00+00:00","actor":"subject","command":"x","fact":{"fact":"from-the-future"}}""";
        var row = AuditRow.Read(AuditRow.ToEntity("p", 1, Text, "h"), Kinds.Json);
        Assert.Equal((1, Text, (object)Text), (row.Sequence, row.Content, row.Shown));
        Assert.Throws<JsonException>(() => row.Entry);
    }

    [Fact]
    public void TerminationInput_IsWrittenAndReadAsPublished()
    {
        const string Text =
            """{"CaseId":"00112233445566778899aabbccddeeff","Version":"1","Clock":{"Anchor":"1970-01-01T00:00:00+00:00","Pace":1},"By":1,"ConfirmBy":"2026-03-02T09:00:00+00:00"}""";
        var input = new TerminationInput(Id, "1", LegalClock.Ordinary, TerminationBy.Company, At);
        Assert.Equal(Text, JsonSerializer.Serialize(input, Worker));
        Assert.Equal(input, JsonSerializer.Deserialize<TerminationInput>(Text, Worker));
        Assert.Equal($$"""{{Text[..^1]}},"Restarts":2}""", JsonSerializer.Serialize(input with { Restarts = 2 }, Worker));
    }

    [Fact]
    public void OrchestrationInput_IsWrittenAndReadAsPublished()
    {
        const string Text =
            """{"CaseId":"00112233445566778899aabbccddeeff","Version":"1","ReceivedAt":"2026-03-02T09:00:00+00:00","Plan":{"Clock":{"Anchor":"1970-01-01T00:00:00+00:00","Pace":1},"ConfirmationWindow":"14.00:00:00","ResumeWindow":"30.00:00:00","ExportLifetime":"14.00:00:00"}}""";
        var input = new RequestInput(Id, "1", At, Plan);
        Assert.Equal(Text, JsonSerializer.Serialize(input, Worker));
        Assert.Equal(input, JsonSerializer.Deserialize<RequestInput>(Text, Worker));
    }
}
