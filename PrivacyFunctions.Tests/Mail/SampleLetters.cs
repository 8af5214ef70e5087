using PrivacyFunctions.Backups;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases.Watch;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Faults;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Access;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Complaint;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Doubts;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Objection;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Requests.Portability;
using PrivacyFunctions.Requests.Portability.Transmissions;
using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Requests.Recipients;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Requests.Rectification;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Requests.SignIns;
using PrivacyFunctions.Requests.Use;
using PrivacyFunctions.Requests.Use.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Sweeps;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Mail;

/// <summary>Every letter that there is, in each way in which it can come out.</summary>
internal static class SampleLetters
{
    private const string Plan = "5f0c3a9e";

    private static readonly CaseId Case = CaseId.FromBytes(new byte[16]);
    private static readonly CaseId Earlier = CaseId.FromBytes([.. Enumerable.Repeat((byte)1, 16)]);
    private static readonly DateTimeOffset Until = new(2026, 3, 4, 10, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 4, 5);
    private static readonly Uri Link = new("https://privacy.example.com/link?a=1&b=2");
    private static readonly Uri Receipt = new("https://privacy.example.com/receipts/signed");
    private static readonly Came ByLetter = new("letter", new(2026, 3, 3));
    private static readonly AccountId Account = AccountId.Parse("a-02");
    private static readonly EmailAddress[] Searched = [EmailAddress.Parse("one@example.com"), EmailAddress.Parse("two@example.com")];
    private static readonly DataMapRegister Map = DataMapRegister.LoadEmbedded();
    private static readonly DataSet[] Uses = [Map[DataSetId.Parse("usage-log")], Map[DataSetId.Parse("forum-posts")]];
    private static readonly TerminationDates Dates = TerminationClock.Plan(Day, 14, 30);

    /// <summary>By names that tell the ways apart.</summary>
    public static IReadOnlyDictionary<string, Draft> All { get; } = new Dictionary<string, Draft>
    {
        ["request-confirmation"] = Confirmation(CaseKind.Access),
        ["request-confirmation-of-portability"] = Confirmation(CaseKind.Portability),
        ["request-confirmation-of-a-letter"] = Confirmation(CaseKind.Access) with { Came = ByLetter, IsBeforeEnd = true },
        ["request-confirmation-of-a-call"] = Confirmation(CaseKind.Access) with { Came = ByLetter with { Channel = "telephone" } },
        ["request-confirmation-of-an-email-overdue"] = Confirmation(CaseKind.Erasure) with { Came = ByLetter with { Channel = "email" }, IsOver = true },
        ["request-confirmation-after-a-complaint"] = Confirmation(CaseKind.Erasure) with { Came = ByLetter with { Channel = "complaint" } },
        ["request-confirmation-of-a-visit"] = Confirmation(CaseKind.Access) with { Came = ByLetter with { Channel = "inPerson" } },
        ["doubt-raised-other-name"] = Doubted(DoubtGround.OtherName),
        ["doubt-raised-new-mailbox-overdue"] = Doubted(DoubtGround.NewMailbox) with { Due = null },
        ["doubt-raised-contradiction-paused"] = Doubted(DoubtGround.Contradiction) with { StopsClock = true },
        ["doubt-raised-disowned"] = Doubted(DoubtGround.Disowned),
        ["doubt-remains-other-name"] = Remains(DoubtGround.OtherName),
        ["doubt-remains-new-mailbox"] = Remains(DoubtGround.NewMailbox),
        ["doubt-remains-contradiction"] = Remains(DoubtGround.Contradiction),
        ["doubt-remains-disowned"] = Remains(DoubtGround.Disowned) with { Stays = ["The end of your account stays final."] },
        ["asked-signed-in-for-access"] = SignedIn(CaseKind.Access),
        ["asked-signed-in-for-erasure"] = SignedIn(CaseKind.Erasure),
        ["request-confirmation-by-agent"] = Confirmation(CaseKind.Erasure) with { Agent = EmailAddress.Parse("advice@example.org") },
        ["request-confirmation-by-agent-of-a-letter"] = Confirmation(CaseKind.Access) with { Agent = EmailAddress.Parse("advice@example.org"), Came = ByLetter },
        ["request-confirmation-by-agent-of-a-call"] = Confirmation(CaseKind.Use) with { Agent = EmailAddress.Parse("advice@example.org"), Came = ByLetter with { Channel = "telephone" } },
        ["request-confirmation-by-agent-of-an-email"] = Confirmation(CaseKind.Access) with { Agent = EmailAddress.Parse("advice@example.org"), Came = ByLetter with { Channel = "email" } },
        ["request-confirmation-by-agent-of-a-visit"] = Confirmation(CaseKind.Access) with { Agent = EmailAddress.Parse("advice@example.org"), Came = ByLetter with { Channel = "inPerson" } },
        ["agent-asked"] = new AgentAsked(Case, Kinds.Requests.AboutOf(CaseKind.Erasure)),
        ["agent-confirmed"] = new AgentConfirmed(Case),
        ["agent-closed"] = new AgentClosed(Case, CaseOutcome.Answered),
        ["agent-closed-not-confirmed"] = new AgentClosed(Case, CaseOutcome.NotIdentified),
        ["agent-closed-withdrawn"] = new AgentClosed(Case, CaseOutcome.Withdrawn),
        ["not-identified"] = new NotIdentified(Case, Kinds.Requests.ProofOf(CaseKind.Erasure), Until, Link),
        ["request-withdrawn"] = new RequestWithdrawn(Case, [], Link),
        ["request-withdrawn-erasure"] = new RequestWithdrawn(Case, ["The end of the account is final."], Link),
        ["answer-takes-longer"] = new AnswerTakesLonger(Case, ExtensionReason.Complex, Day),
        ["answer-takes-longer-of-many"] = new AnswerTakesLonger(Case, ExtensionReason.ManyRequests, Day),
        ["data-ready"] = new DataReady(Case, Until, Link),
        ["data-gone"] = new DataGone(Case, Until, Link),
        ["portable-data-ready"] = new PortableDataReady(Case, Until, Link),
        ["transmission-offered"] = new TransmissionOffered(Case, Until, Link),
        ["transmission-handed-over"] = new TransmissionHandedOver(Case, Day, Day.AddDays(2), 1, 1, "Sample Cloud SA"),
        ["transmission-handed-over-of-several"] = new TransmissionHandedOver(Case, Day, Day.AddDays(2), 2, 3, null),
        ["transmission-not-fetched"] = new TransmissionNotFetched(Case, 1, 1, ["Sample Cloud SA"], Link),
        ["transmission-not-fetched-of-several"] = new TransmissionNotFetched(Case, 1, 3, [], Link),
        ["transmission-not-fetched-by-any"] = new TransmissionNotFetched(Case, 2, 2, ["Sample Cloud SA", "Another Ltd"], Link),
        ["portable-data-gone"] = new PortableDataGone(Case, Until, Link),
        ["nothing-held"] = new NothingHeld(Case, null, Searched),
        ["nothing-left"] = new NothingLeft(Case, Earlier),
        ["erasure-done"] = new ErasureDone(Case, null, new([Set("profiles")], [], [], [], [Searched[0]])),
        ["erasure-done-in-part"] = new ErasureDone(Case, Earlier, new(
            [Set("profiles"), Set("payments")], [Set("forum-posts")],
            [new(Set("payments"), null), new(Set("profiles"), HoldKind.Legal), new(Set("usage-log"), HoldKind.Restriction)],
            ["Twilio Inc. (SendGrid)", "Sample Cloud SA"], Searched), IsShown: true),
        ["erasure-done-all-kept"] = new ErasureDone(Case, null, new([], [], [new(Set("payments"), null)], [], Searched)),
        ["account-stays"] = new AccountStays(Case, [Account], AreMore: false, Link),
        ["account-stays-of-many"] = new AccountStays(Case, [Account, AccountId.Parse("a-07")], AreMore: true, Link),
        ["data-to-look-through"] = new DataToLookThrough(Case, Until, Link),
        ["nothing-corrected"] = new NothingCorrected(Case, Link),
        ["data-corrected"] = new DataCorrected(Case, new(
            [new("Name", Set("profiles")), new("Name", Set("event-registrations"))], [], [], null, ["Sample Resellers Ltd", "Sample Desk Inc."])),
        ["data-corrected-in-part"] = new DataCorrected(Case, new(
            [new("Name", Set("profiles")), new("Your photo", Set("profile-photos"), IsTakenOut: true)], [new("Company", Set("profiles"))],
            [
                new("Country", Set("profiles"), CorrectionRefusal.Right), new("Name", Set("testimonials"), CorrectionRefusal.OfItsTime),
                new("Company", Set("testimonials"), CorrectionRefusal.OfOthers), new("Name", Set("forum-posts"), CorrectionRefusal.LegalClaim),
            ],
            new(["Payments"], null), ["Sample Resellers Ltd"]) { Stays = [new("Your photo", Set("profiles"))] }),
        ["data-corrected-by-nobody"] = new DataCorrected(Case, new([], [], [], new([], null), [])),
        ["data-corrected-refused"] = new DataCorrected(Case, Said(CorrectionRefusal.Right)),
        ["data-corrected-refused-of-its-time"] = new DataCorrected(Case, Said(CorrectionRefusal.OfItsTime)),
        ["data-corrected-refused-for-a-claim"] = new DataCorrected(Case, Said(CorrectionRefusal.LegalClaim)),
        ["cannot-tell-of-correction"] = new CannotTellOfCorrection(Case, MailboxChanged: true),
        ["cannot-tell-of-correction-refused"] = new CannotTellOfCorrection(Case, MailboxChanged: false),
        ["cannot-show-data"] = new CannotShowData(Case, Day),
        ["data-corrected-refused-of-others"] = new DataCorrected(Case, Said(CorrectionRefusal.OfOthers)),
        ["corrections-wait"] = new CorrectionsWait(Case, Day),
        ["tell-recipients-of-correction"] = new TellRecipientsOfCorrection(Case, ["Your account and profile"], ["Sample Cloud SA"], []),
        ["marketing-stopped"] = new MarketingStopped(Case) { Receipt = Receipt },
        ["marketing-stopped-by-a-call"] = new MarketingStopped(Case) { Receipt = Receipt, Came = ByLetter with { Channel = "telephone" }, CountsFrom = ByLetter.On },
        ["complaint-received"] = new ComplaintReceived(Case, Day) { Receipt = Receipt },
        ["complaint-received-overdue"] = new ComplaintReceived(Case, Day) { Receipt = Receipt, Came = ByLetter, IsOver = true },
        ["complaint-decided-upheld"] = new ComplaintDecided(Case, ComplaintFinding.Upheld, ["We sent you two letters after you had asked us to stop.", "We have corrected our list."], Reopened.No),
        ["complaint-decided-partly-upheld"] = new ComplaintDecided(Case, ComplaintFinding.PartlyUpheld, ["One of the two letters went out too late."], Reopened.Opens),
        ["complaint-decided-not-upheld"] = new ComplaintDecided(Case, ComplaintFinding.NotUpheld, ["The letters did not come from us."], Reopened.No),
        ["complaint-decided-joins"] = new ComplaintDecided(Case, ComplaintFinding.Upheld, ["We should have answered you."], Reopened.Joins),
        ["complaint-waits"] = new ComplaintWaits(Case, Day),
        ["restriction-begun"] = new RestrictionBegun(Case, "accuracy", Searched, Link),
        ["restriction-begun-unlawful"] = new RestrictionBegun(Case, "unlawful", [Searched[0]]),
        ["restriction-begun-claims"] = new RestrictionBegun(Case, "claims", [Searched[0]]),
        ["restriction-begun-objection"] = new RestrictionBegun(Case, "objection", [Searched[0]]),
        ["restriction-ends-checked"] = new RestrictionEnds(Case, LiftReason.Checked, Day, AnotherStands: false),
        ["restriction-ends-lawful"] = new RestrictionEnds(Case, LiftReason.Lawful, Day, AnotherStands: true),
        ["restriction-ends-claim"] = new RestrictionEnds(Case, LiftReason.ClaimOver, Day, AnotherStands: false),
        ["restriction-ends-wished"] = new RestrictionEnds(Case, LiftReason.Wished, Day, AnotherStands: false),
        ["restriction-ends-upheld"] = new RestrictionEnds(Case, LiftReason.Upheld, Day, AnotherStands: false),
        ["lifting-taken-back"] = new LiftingTakenBack(Case, Day, HasWritten: false),
        ["lifting-taken-back-written"] = new LiftingTakenBack(Case, Day, HasWritten: true),
        ["see-to-restriction"] = new SeeToRestriction(Case, IsSure: true, ["Twilio Inc. (SendGrid)", "Sample Cloud SA"], ["Sample Resellers Ltd"]),
        ["see-to-restriction-unsure"] = new SeeToRestriction(Case, IsSure: false, ["Sample Cloud SA"], []),
        ["see-to-restriction-alone"] = new SeeToRestriction(Case, IsSure: true, [], []),
        ["cannot-tell-owner"] = new CannotTellOwner(Case, AccountId.Parse("a-09"), "terminated", MailboxChanged: false),
        ["cannot-tell-owner-undone"] = new CannotTellOwner(Case, AccountId.Parse("a-09"), "undone", MailboxChanged: true),
        ["cannot-tell-owner-emptied"] = new CannotTellOwner(Case, AccountId.Parse("a-09"), "emptied", MailboxChanged: true),
        ["cannot-send-package"] = new CannotSendPackage(Case, "access", MailboxChanged: true, Day),
        ["cannot-send-package-refused"] = new CannotSendPackage(Case, "access", MailboxChanged: false, Day),
        ["cannot-tell-of-complaint"] = new CannotTellOfComplaint(Case, IsDecided: false),
        ["cannot-tell-of-complaint-decided"] = new CannotTellOfComplaint(Case, IsDecided: true),
        ["cannot-tell-of-restriction"] = new CannotTellOfRestriction(Case),
        ["cannot-tell-of-erasure"] = new CannotTellOfErasure(Case, MailboxChanged: true),
        ["cannot-tell-of-erasure-refused"] = new CannotTellOfErasure(Case, MailboxChanged: false),
        ["cannot-tell-of-lifting"] = new CannotTellOfLifting(Case, MailboxChanged: false),
        ["cannot-tell-of-lifting-changed"] = new CannotTellOfLifting(Case, MailboxChanged: true),
        ["use-stopped"] = new UseStopped(Case, Uses, Searched, Day, Link),
        ["use-stopped-overdue"] = new UseStopped(Case, Uses, Searched, Day, Link) { IsOver = true },
        ["use-stopped-none"] = new UseStopped(Case, [], [Searched[0]], Day, Link),
        ["use-upheld"] = new UseUpheld(Case, Uses, ["You are in danger if anybody learns where you are.", "We do not need the log for that."], Link),
        ["use-upheld-none"] = new UseUpheld(Case, [], ["We use nothing about you on that ground."], Link),
        ["use-overridden"] = new UseOverridden(Case, Uses, ["The log shows attacks on our systems."], Day, AnotherStands: false),
        ["use-overridden-another"] = new UseOverridden(Case, [Uses[0]], ["We need the log for a claim."], Day, AnotherStands: true),
        ["use-overridden-none"] = new UseOverridden(Case, [], ["We use nothing about you on that ground."], Day, AnotherStands: false),
        ["see-to-use"] = new SeeToUse(Case, IsSure: true, Uses, ["Twilio Inc. (SendGrid)", "Sample Cloud SA"], ["Sample Resellers Ltd"], Day),
        ["see-to-use-unsure"] = new SeeToUse(Case, IsSure: false, [Uses[0]], [], [], Day),
        ["see-to-use-none"] = new SeeToUse(Case, IsSure: true, [], [], [], Day),
        ["cannot-tell-of-weighing-upheld"] = new CannotTellOfWeighing(Case, IsUpheld: true, MailboxChanged: true),
        ["cannot-tell-of-weighing-overridden"] = new CannotTellOfWeighing(Case, IsUpheld: false, MailboxChanged: false),
        ["download-code"] = new DownloadCode(Case, "012345", 15),
        ["termination-confirmation"] = new TerminationConfirmation(Case, Account, Until, 14, Link),
        ["termination-not-confirmed"] = new TerminationNotConfirmed(Case, Account),
        ["termination-begun"] = new TerminationBegun(Case, Account, ByOwner: true, Dates, Link),
        ["termination-begun-by-company"] = new TerminationBegun(Case, Account, ByOwner: false, Dates, null),
        ["account-data-ready"] = new AccountDataReady(Case, Account, Until, Link),
        ["termination-undone"] = new TerminationUndone(Case, Account),
        ["account-emptied"] = new AccountEmptied(Case, Account, Day, Until, 1, Day, NumberReused: false, WasLast: true),
        ["account-emptied-of-several"] = new AccountEmptied(Case, Account, Day, Until, 12345, Day, NumberReused: true, WasLast: false),
        ["plan-waits"] = new PlanWaits(Case, null, Day, Plan),
        ["plan-waits-again"] = new PlanWaits(Case, Earlier, Day, Plan),
        ["plan-needs-second"] = new PlanNeedsSecond(Case, Day, Plan),
        ["plan-refused"] = new PlanRefused(Case, Day, Plan),
        ["plan-still-waits"] = new PlanStillWaits(Case, Day, Plan, First: false, Over: false),
        ["plan-still-waits-overdue"] = new PlanStillWaits(Case, Day, Plan, First: false, Over: true),
        ["plan-still-waits-second"] = new PlanStillWaits(Case, Day, Plan, First: true, Over: false),
        ["request-refused-no-ground"] = new RequestRefused(Case, RefusalGround.NoGround, ["You have an account with us, and we need the data for it.", "You can close your account at any time."], ["It cannot be undone any more."], new("You can end the account instead.", "End my account instead", Link)),
        ["request-refused-unfounded"] = new RequestRefused(Case, RefusalGround.Unfounded, ["You wrote that you only want to annoy us."], [], Instead: null),
        ["request-refused-excessive"] = new RequestRefused(Case, RefusalGround.Excessive, ["We erased your data on 2 March and hold nothing new."], [], Instead: null),
        ["hold-of-erasure-released"] = new HoldOfErasureReleased(Case, "claim-1"),
        ["tell-recipients-with-care"] = new TellRecipients(Case, ["Sample Cloud SA"], [], KeepsSome: true, IsHandedOver: true),
        ["tell-recipients"] = new TellRecipients(Case, ["Twilio Inc. (SendGrid)", "Sample Cloud SA"], ["Sample Resellers Ltd"]),
        ["recipient-notified-of-advertising"] = Notified(RecipientAct.Advertising),
        ["tell-recipients-of-advertising"] = new TellRecipientsOfAdvertising(Case, ["Sample Cloud SA"], ["Sample Resellers Ltd"]),
        ["tell-recipients-of-lifting"] = new TellRecipientsOfLifting(Case, ["Sample Cloud SA"], []),
        ["recipient-notified-of-erasure"] = Notified(RecipientAct.Erased),
        ["recipient-notified-of-correction"] = Notified(RecipientAct.Corrected),
        ["recipient-notified-of-restriction"] = Notified(RecipientAct.Restricted),
        ["recipient-notified-of-objection"] = Notified(RecipientAct.Stopped),
        ["recipient-notified-of-lifting"] = Notified(RecipientAct.Lifted),
        ["recipient-declined"] = new RecipientDeclined(Case, RecipientAct.Erased, "Sample Resellers Ltd", NoticeAnswer.Impossible),
        ["recipient-declined-effort"] = new RecipientDeclined(Case, RecipientAct.Stopped, "Sample Resellers Ltd", NoticeAnswer.Disproportionate),
        ["recipient-declined-refused"] = new RecipientDeclined(Case, RecipientAct.Lifted, "Sample Resellers Ltd", NoticeAnswer.Refused),
        ["recipients-are-late"] = new RecipientsAreLate(Case, RecipientAct.Erased, ["Twilio Inc. (SendGrid)", "Sample Cloud SA"], ["Sample Resellers Ltd"], 14, Day),
        ["recipients-are-late-untold"] = new RecipientsAreLate(Case, RecipientAct.Corrected, ["Sample Cloud SA"], [], 1, Day),
        ["recipients-are-late-unanswered"] = new RecipientsAreLate(Case, RecipientAct.Restricted, [], ["Sample Resellers Ltd"], 14, Day),
        ["purge-stuck"] = new PurgeStuck(Case, Day, ["profiles", "directory"]),
        ["purge-stuck-with-nothing-known"] = new PurgeStuck(Case, Day, []),
        ["purge-deferred"] = new PurgeDeferred(Case, PurgeForerunner.OwnersCopy, Until),
        ["purge-deferred-by-a-request"] = new PurgeDeferred(Case, PurgeForerunner.AccessRequest, Until),
        ["number-reused"] = new NumberReused(Case, Day),
        ["end-needs-second"] = new EndNeedsSecond(Account, Undoable: true, Until),
        ["end-needs-second-for-good"] = new EndNeedsSecond(Account, Undoable: false, Until),
        ["copy-lacks-fields"] = new CopyLacksFields(Case, "Profiles", 2),
        ["data-came-back"] = new DataCameBack(Case, ["profiles", "directory"]),
        ["backups-late"] = new BackupsLate(Case, Day),
        ["step-broken"] = new StepBroken(Case, "GatherDataSet/payments"),
        ["workflow-failed"] = new WorkflowFailed(Case),
        ["job-failed"] = new JobFailed("cleanup-20260401"),
        ["timer-failed"] = new TimerFailed("RemindOfReviews"),
        ["timer-takes-long"] = new TimerTakesLong("RemindOfReviews"),
        ["reviews-due"] = new ReviewsDue([new("claim-1", HoldKind.Legal, "payments", "A claim is pending.", "legal team", Day)]),
        ["reviews-due-of-several"] = new ReviewsDue([
            new("claim-1", HoldKind.Legal, null, "A claim is pending.", "legal team", Day),
            new("claim-2", HoldKind.Restriction, "payments", "It is looked into.", "privacy team", Day),
            new("claim-3", HoldKind.Objection, "usage-log", "It is not to be used.", "privacy team", Day)]),
        ["case-due-soon-paused"] = new CaseDueSoon(Case, "a copy of a person's data", Day, Day.AddDays(8)),
        ["case-overdue-paused"] = new CaseOverdue(Case, "a copy of a person's data", Day, Day.AddDays(8)),
        ["person-wrote"] = new PersonWrote(Case),
        ["question-unanswered"] = new QuestionUnanswered(Case, Day),
        ["message-to-person"] = new MessageToPerson(Case, ["Thank you for your message.", "Your invoices stay until 2036."], Asks: false, Day, StopsClock: false, Link),
        ["message-to-person-asks"] = new MessageToPerson(Case, ["Do you mean the order of May as well?"], Asks: true, Day, StopsClock: false, Link),
        ["message-to-person-asks-stops"] = new MessageToPerson(Case, ["Do you mean the order of May as well?"], Asks: true, Day, StopsClock: true, Link),
        ["digest-of-the-day"] = new DigestOfTheDay(Day, new(12, 2, 3, 4, 5, 6, 7, 8, 9)),
        ["digest-of-the-day-one"] = new DigestOfTheDay(Day, new(1, 1, 1, 1, 1, 1, 1, 1, 1)),
        ["case-silent"] = new CaseSilent(Case, "a copy of a person's data"),
        ["case-due-soon"] = new CaseDueSoon(Case, "a copy of a person's data", Day),
        ["case-overdue"] = new CaseOverdue(Case, "a copy of a person's data", Day),
        ["backup-failed"] = new BackupFailed(Day, "VerifyBackup"),
        ["old-backup-stays"] = new OldBackupStays(Day, "DeleteOldBackups"),
        ["no-backup-since"] = new NoBackupSince(Day),
        ["backup-not-over"] = new BackupNotOver(Day),
        ["sweep-broken"] = new SweepBroken("payments", Day),
        ["sweep-left"] = new SweepLeft("payments", 2000, Day),
    };

    private static CorrectionOutcome Said(CorrectionRefusal why) => new(
        [], [], [], new([], why), []);

    private static RecipientNotified Notified(RecipientAct act) => new(Case, act, Link, Day, Day.AddDays(46));

    private static DoubtRaised Doubted(DoubtGround ground) => new(Case, Kinds.Requests.ProofOf(CaseKind.Erasure), ground, Day, StopsClock: false, Link);

    private static DoubtRemains Remains(DoubtGround ground) => new(Case, Kinds.Requests.ProofOf(CaseKind.Erasure), ground, [], Link);

    private static AskedSignedIn SignedIn(CaseKind kind) => new(Case, Kinds.Requests.ProofOf(kind), Day) { Receipt = Receipt };

    private static RequestConfirmation Confirmation(CaseKind kind) =>
        new(Case, Kinds.Requests.ProofOf(kind), Until, Day, Link) { Receipt = Receipt };

    private static DataSet Set(string id) => Map[DataSetId.Parse(id)];
}
