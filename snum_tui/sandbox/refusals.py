"""Why the site says no: the sentences are in Turkish, as such sites send them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a `success:false` reply says to the person."""

    title: str
    message: str


class Refused(Exception):  # noqa: N818 - reads as what it says
    """The site does not do what the call asks; nothing has changed, nothing was charged."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.title)
        self.refusal = refusal


BAD_KEY = Refusal("Geçersiz API anahtarı", "API anahtarınız geçersiz. Profil sayfanızdaki anahtarı kullanın.")
UNKNOWN_SERVICE = Refusal("Servis bulunamadı", "Böyle bir servis yok veya artık satışta değil.")
UNKNOWN_NUMBER = Refusal("Numara bulunamadı", "Bu numara size ait değil veya böyle bir numara yok.")
NO_STOCK = Refusal("Stok yok", "Bu serviste şu anda numara kalmadı. Lütfen daha sonra tekrar deneyin.")
LOW_BALANCE = Refusal("Yetersiz bakiye", "Bakiyeniz bu numara için yeterli değil. Lütfen bakiye yükleyin.")
NO_NUMBER = Refusal("Numara alınamadı", "Operatör şu anda numara veremedi. Lütfen tekrar satın almayı deneyin.")
ALREADY_ANSWERED = Refusal("İptal edilemez", "Bu numaraya mesaj geldiği için numara iptal edilemez.")
ALREADY_CANCELLED = Refusal("Zaten iptal edildi", "Bu numara daha önce iptal edilmiş.")
EXPIRED = Refusal("Süresi doldu", "Bu numaranın süresi doldu, artık iptal edilemez.")
NOT_NOW = Refusal("İşlem yapılamadı", "İşleminiz şu anda gerçekleştirilemiyor. Lütfen biraz sonra tekrar deneyin.")


def too_early(left_seconds: int) -> Refusal:
    """Refuse a cancel that comes before the site allows one."""
    return Refusal("Henüz iptal edilemez", f"Numarayı iptal etmek için {left_seconds} saniye daha bekleyin.")
