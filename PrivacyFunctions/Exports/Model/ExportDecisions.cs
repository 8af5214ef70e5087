using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Exports.Model;

/// <summary>The decisions about a package that a case offers, whatever it holds.</summary>
public static class ExportDecisions
{
    /// <summary>The right code was given; late ones, of a package whose time is over or that is deleted, open nothing.</summary>
    public static Decision Open(Case @case, DateTimeOffset legalNow) =>
        @case.OffersExport(legalNow) ? new Decision.Change(new CaseFact.ExportOpened()) : Decision.Nothing;

    /// <summary>The package is deleted, and was not before.</summary>
    public static Decision NoteDeleted(Case @case) =>
        @case is { IsClosed: false, OfferedUntil: not null, ExportDeleted: false }
            ? new Decision.Change(new CaseFact.ExportDeleted())
            : Decision.Nothing;
}
