"""Tiny pipelines of the families that diffusers draws with, from configurations, weights random.

The sizes are those of diffusers' own tests (tests/pipelines/*/test_*.py at 58eb52c), the
vocabularies a few words.
"""

from typing import Any

import torch
from diffusers import (
    AuraFlowPipeline,
    AuraFlowTransformer2DModel,
    AutoencoderDC,
    AutoencoderKL,
    AutoencoderKLFlux2,
    AutoencoderKLQwenImage,
    ChromaPipeline,
    ChromaTransformer2DModel,
    CogView4Pipeline,
    CogView4Transformer2DModel,
    DDIMScheduler,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    Flux2KleinPipeline,
    Flux2Transformer2DModel,
    FluxKontextPipeline,
    FluxPipeline,
    FluxTransformer2DModel,
    KandinskyV22CombinedPipeline,
    LatentConsistencyModelPipeline,
    LCMScheduler,
    Lumina2Pipeline,
    Lumina2Transformer2DModel,
    PixArtSigmaPipeline,
    PixArtTransformer2DModel,
    PriorTransformer,
    QwenImageEditPipeline,
    QwenImagePipeline,
    QwenImageTransformer2DModel,
    SanaPipeline,
    SanaTransformer2DModel,
    SD3Transformer2DModel,
    StableDiffusion3Pipeline,
    StableDiffusionXLPipeline,
    UnCLIPScheduler,
    UNet2DConditionModel,
    VQModel,
)
from transformers import (
    CLIPImageProcessor,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    Gemma2Config,
    Gemma2Model,
    GlmConfig,
    GlmModel,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2VLImageProcessor,
    Qwen2VLProcessor,
    Qwen2VLVideoProcessor,
    Qwen3Config,
    Qwen3ForCausalLM,
    T5Config,
    T5EncoderModel,
    UMT5Config,
    UMT5EncoderModel,
)

from tests.local.tiny import SMALL, words

SPECIAL = ("<pad>", "<unk>", "<s>", "</s>")
TINY = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 2}
HEADS = {"num_attention_heads": 2, "num_key_value_heads": 2}


def clip(projects: bool = False) -> Any:
    """The text encoder of Stable Diffusion and its kin."""
    config = CLIPTextConfig(
        **SMALL, intermediate_size=37, vocab_size=40, projection_dim=32, hidden_act="gelu",
        bos_token_id=2, eos_token_id=3, pad_token_id=0, layer_norm_eps=1e-5,
    )  # fmt: skip
    return (CLIPTextModelWithProjection if projects else CLIPTextModel)(config)


def clip_words() -> Any:
    tokenizer = words(*SPECIAL)
    tokenizer.model_max_length = 77
    return tokenizer


def t5(kind: Any = T5EncoderModel, config: Any = T5Config) -> Any:
    sizes = {"d_model": 32, "d_kv": 8, "d_ff": 37, "num_layers": 2, "num_heads": 4}
    return kind(config(**sizes, vocab_size=40, pad_token_id=0, decoder_start_token_id=0)).eval()


def vae(latent_channels: int = 4, blocks: int = 4, **others: Any) -> AutoencoderKL:
    """One that makes pictures eight times as large, with four blocks."""
    return AutoencoderKL(
        block_out_channels=(8,) * blocks,
        down_block_types=("DownEncoderBlock2D",) * blocks,
        up_block_types=("UpDecoderBlock2D",) * blocks,
        latent_channels=latent_channels,
        norm_num_groups=4,
        sample_size=64,
        **others,
    )


def flow_vae(latent_channels: int = 4) -> AutoencoderKL:
    plain = {"use_quant_conv": False, "use_post_quant_conv": False}
    return vae(latent_channels, shift_factor=0.0609, scaling_factor=1.5035, **plain)


def unet(cross_attention_dim: int, **others: Any) -> UNet2DConditionModel:
    return UNet2DConditionModel(
        block_out_channels=(4, 8),
        layers_per_block=1,
        sample_size=8,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=cross_attention_dim,
        norm_num_groups=2,
        **others,
    )


def stable_diffusion_xl() -> Any:
    return StableDiffusionXLPipeline(
        unet=unet(
            64,
            attention_head_dim=(2, 4),
            use_linear_projection=True,
            addition_embed_type="text_time",
            addition_time_embed_dim=8,
            transformer_layers_per_block=(1, 1),
            projection_class_embeddings_input_dim=80,  # 6 * 8 + 32
        ),
        scheduler=EulerDiscreteScheduler(steps_offset=1, timestep_spacing="leading"),
        vae=vae(),
        text_encoder=clip(),
        tokenizer=clip_words(),
        text_encoder_2=clip(projects=True),
        tokenizer_2=clip_words(),
    )


def stable_diffusion_3() -> Any:
    return StableDiffusion3Pipeline(
        transformer=SD3Transformer2DModel(
            sample_size=32,
            patch_size=1,
            in_channels=4,
            num_layers=1,
            attention_head_dim=8,
            num_attention_heads=4,
            caption_projection_dim=32,
            joint_attention_dim=32,
            pooled_projection_dim=64,
            out_channels=4,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=flow_vae(),
        text_encoder=clip(projects=True),
        tokenizer=clip_words(),
        text_encoder_2=clip(projects=True),
        tokenizer_2=clip_words(),
        text_encoder_3=t5(),
        tokenizer_3=words(*SPECIAL),
    )


def latent_consistency() -> Any:
    return LatentConsistencyModelPipeline(
        unet=unet(32, time_cond_proj_dim=32, attention_head_dim=4),
        scheduler=LCMScheduler(clip_sample=False, set_alpha_to_one=False),
        vae=vae(),
        text_encoder=clip(),
        tokenizer=clip_words(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def flux() -> Any:
    return FluxPipeline(
        transformer=FluxTransformer2DModel(
            patch_size=1,
            in_channels=16,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=32,
            pooled_projection_dim=32,
            axes_dims_rope=[4, 4, 8],
            guidance_embeds=True,  # as FLUX.1-dev has
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=flow_vae(),
        text_encoder=clip(),
        tokenizer=clip_words(),
        text_encoder_2=t5(),
        tokenizer_2=words(*SPECIAL),
    )


def flux_kontext() -> Any:
    return FluxKontextPipeline(**flux().components)


def chat_words() -> Any:
    tokenizer = words(*SPECIAL)
    tokenizer.chat_template = "{% for m in messages %}{{ m['content'] }}{% endfor %}"
    return tokenizer


def flux_2_klein(is_distilled: bool = False) -> Any:
    text = Qwen3Config(**TINY | {"num_hidden_layers": 28}, **HEADS, head_dim=8, vocab_size=40)
    return Flux2KleinPipeline(
        transformer=Flux2Transformer2DModel(
            patch_size=1,
            in_channels=16,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=48,  # of three layers of the text encoder
            timestep_guidance_channels=256,
            axes_dims_rope=[4, 4, 4, 4],
            guidance_embeds=False,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=AutoencoderKLFlux2(
            block_out_channels=(8,) * 4,
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            latent_channels=4,
            norm_num_groups=4,
            sample_size=64,
        ),
        text_encoder=Qwen3ForCausalLM(text),
        tokenizer=chat_words(),
        is_distilled=is_distilled,
    )


def qwen_image() -> Any:
    rope = {"mrope_section": [1, 1, 2], "rope_type": "default", "rope_theta": 1e6}
    text = Qwen2_5_VLConfig(
        text_config={**TINY, **HEADS, "vocab_size": 40, "rope_parameters": rope},
        vision_config={
            "depth": 2, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2,
            "out_hidden_size": 16,
        },
        image_token_id=36, video_token_id=37, vision_start_token_id=38, vision_end_token_id=39,
    )  # fmt: skip
    return QwenImagePipeline(
        transformer=QwenImageTransformer2DModel(
            patch_size=2,
            in_channels=16,
            out_channels=4,
            num_layers=2,
            attention_head_dim=16,
            num_attention_heads=3,
            joint_attention_dim=16,
            guidance_embeds=False,
            axes_dims_rope=(8, 4, 4),
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=AutoencoderKLQwenImage(
            base_dim=8,
            z_dim=4,
            dim_mult=[1, 1, 1, 1],
            num_res_blocks=1,
            temperal_downsample=[False, True, True],
            latents_mean=[0.0] * 4,
            latents_std=[1.0] * 4,
        ),
        text_encoder=Qwen2_5_VLForConditionalGeneration(text).eval(),
        tokenizer=words(*SPECIAL),
    )


def qwen_image_edit() -> Any:
    marks = ("<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>")
    tokenizer = words(*SPECIAL, *marks)
    patches = {"patch_size": 14, "merge_size": 2, "temporal_patch_size": 2}
    size = {"shortest_edge": 784, "longest_edge": 3136}
    parts = qwen_image().components | {
        "tokenizer": tokenizer,
        "processor": Qwen2VLProcessor(
            Qwen2VLImageProcessor(**patches, size=size), tokenizer, Qwen2VLVideoProcessor(**patches)
        ),
    }
    names = ("vision_start", "vision_end", "image", "video")
    for name, mark in zip(names, marks, strict=True):
        number = tokenizer.convert_tokens_to_ids(mark)
        setattr(parts["text_encoder"].config, f"{name}_token_id", number)
    return QwenImageEditPipeline(**parts)


def sana() -> Any:
    dc: dict[str, Any] = {"attention_head_dim": 2, "latent_channels": 4, "in_channels": 3}
    for side in ("encoder", "decoder"):
        dc |= {
            f"{side}_block_types": ("ResBlock",) * 5 + ("EfficientViTBlock",),
            f"{side}_block_out_channels": (8,) * 6,
            f"{side}_qkv_multiscales": ((),) * 5 + ((5,),),
            f"{side}_layers_per_block": (1,) * 6,
        }
    return SanaPipeline(
        transformer=SanaTransformer2DModel(
            patch_size=1,
            in_channels=4,
            out_channels=4,
            num_layers=1,
            num_attention_heads=2,
            attention_head_dim=4,
            num_cross_attention_heads=2,
            cross_attention_head_dim=4,
            cross_attention_dim=8,
            caption_channels=8,
            sample_size=16,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=7.0),
        vae=AutoencoderDC(
            **dc,
            downsample_block_type="conv",
            upsample_block_type="interpolate",
            decoder_norm_types="rms_norm",
            decoder_act_fns="silu",
            scaling_factor=0.41407,
        ),
        text_encoder=gemma(),
        tokenizer=words(*SPECIAL),
    )


def gemma() -> Any:
    return Gemma2Model(
        Gemma2Config(
            **TINY | {"hidden_size": 8}, **HEADS, head_dim=4, vocab_size=40, sliding_window=2,
            pad_token_id=0, bos_token_id=2, eos_token_id=3, attn_implementation="eager",
        )
    )  # fmt: skip


def pixart_sigma() -> Any:
    return PixArtSigmaPipeline(
        transformer=PixArtTransformer2DModel(
            sample_size=32,
            num_layers=2,
            patch_size=2,
            attention_head_dim=8,
            num_attention_heads=3,
            caption_channels=32,
            in_channels=4,
            cross_attention_dim=24,
            out_channels=8,
            attention_bias=True,
            activation_fn="gelu-approximate",
            num_embeds_ada_norm=1000,
            norm_type="ada_norm_single",
            norm_elementwise_affine=False,
            norm_eps=1e-6,
        ),
        scheduler=DDIMScheduler(),
        vae=vae(),
        text_encoder=t5(),
        tokenizer=words(*SPECIAL),
    )


def aura_flow() -> Any:
    return AuraFlowPipeline(
        transformer=AuraFlowTransformer2DModel(
            sample_size=32,
            patch_size=2,
            in_channels=4,
            num_mmdit_layers=1,
            num_single_dit_layers=1,
            attention_head_dim=8,
            num_attention_heads=4,
            caption_projection_dim=32,
            joint_attention_dim=32,
            out_channels=4,
            pos_embed_max_size=256,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=vae(),
        text_encoder=t5(UMT5EncoderModel, UMT5Config),
        tokenizer=words(*SPECIAL),
    )


def cogview_4() -> Any:
    text = GlmConfig(**TINY | {"hidden_size": 32}, **HEADS, head_dim=8, vocab_size=40,
                     pad_token_id=0, eos_token_id=3)  # fmt: skip
    return CogView4Pipeline(
        transformer=CogView4Transformer2DModel(
            patch_size=2,
            in_channels=4,
            num_layers=2,
            attention_head_dim=4,
            num_attention_heads=4,
            out_channels=4,
            text_embed_dim=32,
            time_embed_dim=8,
            condition_dim=4,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(
            base_shift=0.25,
            max_shift=0.75,
            base_image_seq_len=256,
            use_dynamic_shifting=True,
            time_shift_type="linear",
        ),
        vae=vae(),
        text_encoder=GlmModel(text),
        tokenizer=words(*SPECIAL),
    )


def lumina_2() -> Any:
    return Lumina2Pipeline(
        transformer=Lumina2Transformer2DModel(
            sample_size=4,
            patch_size=2,
            in_channels=4,
            hidden_size=8,
            num_layers=2,
            num_attention_heads=1,
            num_kv_heads=1,
            multiple_of=16,
            axes_dim_rope=[4, 2, 2],
            cap_feat_dim=8,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=flow_vae(),
        text_encoder=gemma(),
        tokenizer=words(*SPECIAL),
    )


def chroma() -> Any:
    return ChromaPipeline(
        transformer=ChromaTransformer2DModel(
            patch_size=1,
            in_channels=16,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=32,
            axes_dims_rope=[4, 4, 8],
            approximator_hidden_dim=32,
            approximator_layers=1,
            approximator_num_channels=16,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=flow_vae(),
        text_encoder=t5(),
        tokenizer=words(*SPECIAL),
    )


def kandinsky_22() -> Any:
    """One of two parts: the first makes an idea of a picture, the second the picture."""
    prior = PriorTransformer(
        num_attention_heads=2, attention_head_dim=12, embedding_dim=32, num_layers=1
    )
    prior.clip_std = torch.nn.Parameter(torch.ones(prior.clip_std.shape))
    sees = CLIPVisionConfig(
        **SMALL, intermediate_size=37, image_size=32, patch_size=16, projection_dim=32
    )
    small = {"crop_size": {"height": 32, "width": 32}, "size": {"shortest_edge": 32}}
    return KandinskyV22CombinedPipeline(
        unet=UNet2DConditionModel(
            in_channels=4,
            out_channels=8,
            addition_embed_type="image",
            down_block_types=("ResnetDownsampleBlock2D", "SimpleCrossAttnDownBlock2D"),
            up_block_types=("SimpleCrossAttnUpBlock2D", "ResnetUpsampleBlock2D"),
            mid_block_type="UNetMidBlock2DSimpleCrossAttn",
            block_out_channels=(32, 64),
            layers_per_block=1,
            encoder_hid_dim=32,
            encoder_hid_dim_type="image_proj",
            cross_attention_dim=32,
            attention_head_dim=4,
            resnet_time_scale_shift="scale_shift",
        ),
        scheduler=DDIMScheduler(clip_sample=False, set_alpha_to_one=False, steps_offset=1),
        movq=VQModel(
            block_out_channels=(32,) * 4,
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            latent_channels=4,
            norm_num_groups=8,
            norm_type="spatial",
            num_vq_embeddings=12,
            vq_embed_dim=4,
        ),
        prior_prior=prior,
        prior_image_encoder=CLIPVisionModelWithProjection(sees),
        prior_text_encoder=clip(projects=True),
        prior_tokenizer=clip_words(),
        prior_scheduler=UnCLIPScheduler(prediction_type="sample", clip_sample_range=10.0),
        prior_image_processor=CLIPImageProcessor(**small),
    )


FAMILIES = {
    "tiny-sdxl": stable_diffusion_xl,
    "tiny-sd3": stable_diffusion_3,
    "tiny-lcm": latent_consistency,
    "tiny-flux.1": flux,
    "tiny-flux.2-klein": flux_2_klein,
    "tiny-qwen-image": qwen_image,
    "tiny-sana": sana,
    "tiny-pixart-sigma": pixart_sigma,
    "tiny-auraflow": aura_flow,
    "tiny-cogview4": cogview_4,
    "tiny-lumina2": lumina_2,
    "tiny-chroma": chroma,
    "tiny-kandinsky-2-2": kandinsky_22,
}
EDITORS = {
    "tiny-kontext": flux_kontext,
    "tiny-qwen-edit": qwen_image_edit,
}


def saved(name: str, folder: Any) -> Any:
    """A family's pipeline, saved to a folder, as `save_pretrained` does it."""
    torch.manual_seed(0)
    (FAMILIES | EDITORS)[name]().save_pretrained(folder / name)
    return folder / name
