using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Exports;

/// <summary>The code that opens a package, whatever it holds.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Code">Its digits.</param>
/// <param name="Minutes">For how long it works.</param>
internal sealed record DownloadCode(CaseId Reference, string Code, int Minutes) : PersonDraft(Reference);
