using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Erasure.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>Registers requests to erase one's data (R-ERASE).</summary>
internal static class ErasureKind
{
    private static readonly RequestKind Kind = new(CaseKind.Erasure)
    {
        State = typeof(ErasureRequest),
        Facts = typeof(ErasureFact),
        New = ErasureRequest.New,
        Orchestrator = nameof(RunErasureRequest),
        About = "the erasure of a person's data",
        Words = new()
        {
            Offer = "We erase what we hold about you, and tell you what we have to keep and why.",
            FormTitle = "Have my data erased",
            FormButton = "Ask to erase my data",
            FormIntroduction = RequestKind.ProofIntroduction,
            UseOfAddress = "to find the data that is to be erased",
            Received = RequestKind.ReceivedBeforeProof("Without your confirmation nothing is erased."),
        },
        Proof = new()
        {
            ConfirmSubject = "Please confirm your request to erase your personal data",
            Topic = "to erase your data",
            AskedFor = "to erase the personal data that we hold about the owner of this mailbox",
            WhyConfirm = "What is erased cannot be brought back, so please confirm that you asked. The link opens a page with a button.",
            IfNotYou = "If you did not ask, do nothing: without your confirmation nothing is erased.",
            WithoutProof = "Without that we must not erase anybody's data",
            Question = "Did you ask us to erase your data?",
            Next = "We then look at what we hold about you, erase it, and mail you what was erased and what we have to keep, and why. "
                + "What is erased cannot be brought back. If you want a copy first, ask for it before you press the button. "
                + "If you own an account that is about to end, that can then no longer be undone.",
            NotYouNext = "If you did not ask, close this page: nothing is erased.",
            UnderWay = "We are looking at what we hold about you. You get a mail when it is erased",
        },
    };

    /// <summary>Registers the kind and what carries it.</summary>
    public static IServiceCollection AddErasureRequests(this IServiceCollection services) => services.AddKind(Kind)
        .AddSingleton<ErasureVault>().AddSingleton<ErasureSubjects>().AddSingleton<ErasurePlans>().AddSingleton<ErasurePlanner>()
        .AddSingleton<ResumedErasures>().AddSingleton<PersonProtections>().AddTransient<ErasureResumption>();
}
